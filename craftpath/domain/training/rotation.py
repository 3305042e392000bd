"""Reading the rotation: stays of people, of a responsible person, and the hours that they plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Max, Min

from craftpath.domain.training.clashes import Planned
from craftpath.domain.training.models import RotationPattern, Stay

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

_DAY = timedelta(days=1)


def stays() -> models.QuerySet[Stay]:
    """Those of the open scope that take place, by day, with everything that a page says of one."""
    return (
        Stay.objects.exclude(state="cancelled")
        .select_related("enrolment__person", "enrolment__cohort", "unit", "host", "department", "responsible")
        .order_by("starts_on", "pk")
    )


def stay(public_id: str) -> Stay | None:
    """One that the reader sees, also when it is cancelled."""
    rows = Stay.objects.select_related(
        "enrolment__person", "enrolment__cohort__organisation", "enrolment__enterprise",
        "unit__plan", "host", "department", "responsible", "pattern",
    )  # fmt: skip
    return rows.filter(public_id=public_id).first()


def stays_between(enrolment_ids: Iterable[int], first: date, last: date) -> list[Stay]:
    """Of these apprentices, every stay that touches these days; one query."""
    rows = stays().filter(enrolment__in=list(enrolment_ids), starts_on__lte=last, ends_on__gte=first)
    return list(rows)


def next_stays(enrolment_ids: Iterable[int], day: date, most: int = 3) -> dict[int, list[Stay]]:
    """enrolment id → the stay of this day and those that follow, at most so many; one query."""
    found: dict[int, list[Stay]] = {}
    for row in stays().filter(enrolment__in=list(enrolment_ids), ends_on__gte=day):
        own = found.setdefault(row.enrolment_id, [])
        if len(own) < most:
            own.append(row)
    return found


def coming_to(person: Person, first: date, last: date) -> list[Stay]:
    """The stays for which somebody is responsible on these days, by first day."""
    return list(stays().filter(responsible=person, starts_on__lte=last, ends_on__gte=first))


def patterns_of(cohort_id: int) -> list[RotationPattern]:
    """What was published for a cohort, the newest first."""
    rows = RotationPattern.objects.filter(cohort=cohort_id).select_related("published_by")
    return list(rows.order_by("-published_at", "-pk"))


def span_by_cohort(cohort_ids: Iterable[int]) -> dict[int, tuple[date, date]]:
    """cohort id → first and last day of its rotation; one query."""
    rows = (
        Stay.objects.exclude(state="cancelled")
        .filter(enrolment__cohort__in=list(cohort_ids))
        .order_by()
        .values_list("enrolment__cohort_id")
        .annotate(first=Min("starts_on"), last=Max("ends_on"))
    )
    return {cohort: (first, last) for cohort, first, last in rows}


def as_planned(row: Stay) -> Planned:
    """A stay as clashes are asked of it."""
    return Planned(
        name=row.public_id,
        enrolment_id=row.enrolment_id,
        unit=row.unit.key,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        kind=row.kind,
        hazardous=row.unit.hazardous,
        department_id=row.department_id,
        responsible_id=row.responsible_id,
    )


def neighbours(
    enrolment_ids: Iterable[int],
    departments: Iterable[int],
    people: Iterable[int],
    first: date,
    last: date,
) -> list[Planned]:
    """Every stay on these days of these apprentices, in these departments or under these people; one query.

    All cohorts count, also those that the reader does not see: a place is taken whoever took it.
    """
    mine = models.Q(enrolment__in=list(enrolment_ids))
    theirs = models.Q(department__in=list(departments)) | models.Q(responsible__in=list(people))
    rows = Stay._base_manager.exclude(state="cancelled").filter(starts_on__lte=last, ends_on__gte=first)
    return [as_planned(row) for row in rows.filter(mine | theirs).select_related("unit").order_by("pk")]


def planned_minutes(
    enrolment_ids: Iterable[int], first: date | None, last: date
) -> dict[int, dict[str, int]]:
    """enrolment id → bucket → minutes that the rotation plans from `first` to `last` inclusive; one query."""
    return planned_within(dict.fromkeys(enrolment_ids, (first, last)))


def planned_within(windows: Mapping[int, tuple[date | None, date]]) -> dict[int, dict[str, int]]:
    """The same, each from a day of its own (None: from the beginning) to another one; one query.

    A unit's minutes are spread evenly over all days of somebody's stays in it, so all its days together bring exactly
    the unit's minutes, however the days are cut into parts.
    """
    rows = Stay.objects.exclude(state="cancelled").filter(enrolment__in=list(windows))
    lines = rows.order_by("starts_on", "pk").values_list(
        "enrolment_id", "unit_id", "unit__bucket", "unit__minutes", "starts_on", "ends_on"
    )
    spans: dict[tuple[int, int, str, int], list[tuple[date, date]]] = {}
    for who, unit, bucket, minutes, starts, ends in lines:
        spans.setdefault((who, unit, bucket, minutes), []).append((starts, ends))
    found: dict[int, dict[str, int]] = {}
    for (who, _, bucket, minutes), days in spans.items():
        first, last = windows[who]
        until = _spread(minutes, days, last)
        before = _spread(minutes, days, first - _DAY) if first is not None else 0
        sums = found.setdefault(who, {})
        sums[bucket] = sums.get(bucket, 0) + until - before
    return found


def _spread(minutes: int, days: list[tuple[date, date]], until: date) -> int:
    whole = sum((ends - starts).days + 1 for starts, ends in days)
    done = sum(max(0, (min(ends, until) - starts).days + 1) for starts, ends in days)
    return minutes * done // whole


def stays_for(person: Person, first: date, last: date) -> list[Stay]:
    """Somebody's own stays and those for which he or she answers, cancelled ones too, by day; one query."""
    mine = models.Q(enrolment__person=person) | models.Q(responsible=person)
    rows = Stay.objects.filter(mine, starts_on__lte=last, ends_on__gte=first).order_by("starts_on", "pk")
    return list(rows.select_related("enrolment__person", "unit__plan", "host", "department", "responsible"))
