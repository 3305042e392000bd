"""Duties of agreements: probation, wage steps and ends that come near; amendments and requests that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models.fields.json import KT

from craftpath.domain.agreements.models import Absence, Agreement, Amendment
from craftpath.kernel.duties import Asked, Row, columns, duty

SOON = timedelta(days=60)  # how far ahead a wage step is looked for


@duty("agreements.probation", subject="agreements.agreement")
def probations_ending(asked: Asked) -> models.QuerySet[Any]:
    """Active agreements whose probation is not over."""
    rows = Agreement.objects.filter(state="active", terms__probation_end__gte=asked.today.isoformat())
    return columns(rows, subject="public_id", anchor=KT("terms__probation_end"), place="enterprise_id")


@duty("agreements.end", subject="agreements.agreement")
def agreements_ending(asked: Asked) -> models.QuerySet[Any]:
    """Active agreements by their last day: completed, renewed or expired by somebody's act."""
    rows = Agreement.objects.filter(state="active")
    return columns(rows, subject="public_id", anchor="ends_on", place="enterprise_id")


@duty("agreements.wage_step", subject="agreements.agreement")
def wage_steps(asked: Asked) -> Iterator[Row]:
    """The next step of each active agreement's wage; one query, as steps are a list inside the terms."""
    today, soon = asked.today.isoformat(), (asked.today + SOON).isoformat()
    rows = Agreement.objects.filter(state="active").order_by()
    told = rows.values_list("public_id", "terms__wage", "enterprise_id")
    for agreement, wage, place in told.iterator(5_000):
        ahead = [step["starts_on"] for step in wage or () if today <= step["starts_on"] <= soon]
        if ahead:
            yield agreement, min(ahead), place, None


@duty("agreements.amendment", subject="agreements.amendment")
def amendments_waiting(asked: Asked) -> models.QuerySet[Any]:
    """Changes that are fixed and not signed by all, before the day on which they shall take effect."""
    rows = Amendment.objects.filter(state="awaiting_signatures")
    return columns(rows, subject="public_id", anchor="takes_effect_on", place="agreement__enterprise_id")


@duty("agreements.absence", subject="agreements.absence")
def absences_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Requests for leave that nobody has answered."""
    rows = Absence.objects.filter(state="requested")
    return columns(rows, subject="public_id", anchor="made_at", place="agreement__enterprise_id")
