"""Duties of committees: votes that are open, decisions to carry out."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.committees.models import Ballot, Decision, Seat, held_on
from craftpath.kernel.duties import Asked, columns, duty


@duty("committees.vote", subject="committees.motion")
def to_vote(asked: Asked) -> models.QuerySet[Any]:
    """Members whose seat has a vote and has not used it, in each motion that is open."""
    voted = Ballot.objects.filter(seat=OuterRef("pk"), motion=OuterRef("committee__motions"))
    rows = Seat.objects.filter(
        held_on(asked.today), ~Exists(voted), committee__motions__state="open", kind__in=("chair", "vote"),
        starts_on__lte=asked.today,
    )  # fmt: skip
    return columns(
        rows,
        subject="committee__motions__public_id",
        anchor="committee__motions__opened_at",
        place="side__organisation_id",
        who="person_id",
    )


@duty("committees.decision", subject="committees.decision")
def to_carry_out(asked: Asked) -> models.QuerySet[Any]:
    """Open decisions, by the day they are due."""
    rows = Decision.objects.filter(state="open")
    return columns(
        rows,
        subject="public_id",
        anchor="due_on",
        place="owner__side__organisation_id",
        who="owner__person_id",
    )
