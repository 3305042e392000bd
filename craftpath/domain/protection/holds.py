"""What stands against erasing somebody: what still runs, and what has to be kept for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.everybody import enrolments_everywhere
from craftpath.domain.protection.models import DataRequest
from craftpath.domain.protection.rules import RECORD_KEPT
from craftpath.kernel.access import memberships_on
from craftpath.kernel.people import Person, selves
from craftpath.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason code; `until` is the first day on which it holds no more, none while something runs."""

    reason: str
    until: date | None = None


def holds_on(person: Person, day: date) -> list[Hold]:
    """Everything that stands against it on a day, what runs first; three queries."""
    records = list(selves(person.pk).values_list("pk", flat=True))
    found = []
    ended: list[date] = []
    for row in enrolments_everywhere().filter(person__in=records):
        if row.state == "ended" and row.ended_on is not None:
            ended.append(row.ended_on)
        else:
            found.append(Hold("protection.apprenticeship_runs"))
    held = memberships_on(day).filter(person__in=records).exclude(role=Role.APPRENTICE)
    if held.exists():
        found.append(Hold("protection.has_a_role"))
    free = max(ended, default=day - timedelta(days=1)) + (RECORD_KEPT if ended else timedelta(0))
    if free > day:
        found.append(Hold("protection.record_kept", free))
    return list(dict.fromkeys(found))


def held_by_nothing(at: datetime) -> list[DataRequest]:
    """Those whose data were locked until now and who are to be erased, whoever asks."""
    day = localdate(at)
    rows = DataRequest._base_manager.filter(state="locked", locked_until__lte=day)
    found = rows.select_related("organisation", "person").order_by("pk")
    return [row for row in found if not holds_on(row.person, day)]
