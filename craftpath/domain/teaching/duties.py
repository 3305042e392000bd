"""Duties of teaching teams: a missing yes, taught hours that nobody has confirmed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Subquery

from craftpath.domain.teaching.models import TaughtHours, Team, TeamMember
from craftpath.kernel.duties import Asked, columns, duty


@duty("teaching.answer", subject="teaching.team")
def teams_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Proposals that wait for somebody's yes; a guest is not asked here."""
    rows = TeamMember.objects.filter(
        team__in=Team.objects.filter(state="proposed").order_by().values("pk"),
        accepted_at__isnull=True,
        guest=False,
    )
    return columns(
        rows,
        subject="team__public_id",
        anchor="team__starts_on",
        place="team__organisation_id",
        who="person_id",
    )


@duty("teaching.confirm", subject="teaching.taught")
def hours_to_confirm(asked: Asked) -> models.QuerySet[Any]:
    """Hours that a member entered, of the lead of the team; what the lead taught is left to the office."""
    lead = TeamMember.objects.filter(team=OuterRef("team"), role="lead").order_by().values("person_id")[:1]
    rows = TaughtHours.objects.filter(state="entered").annotate(lead_id=Subquery(lead))
    return columns(
        rows.exclude(person_id=F("lead_id")),
        subject="public_id",
        anchor="entered_at",
        place="team__organisation_id",
        who="lead_id",
    )
