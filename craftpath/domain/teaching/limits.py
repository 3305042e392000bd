"""What planning and conflicts read of many teams at once, and how much of a day somebody can teach.

Everything is read whoever sees it: a person who is busy elsewhere is busy, and only figures of it are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils.timezone import make_aware

from craftpath.domain.learning.teaching import TaughtSession, sessions_taught_by
from craftpath.domain.pairing.queries import stood_in_for
from craftpath.domain.teaching.models import (
    Availability,
    Away,
    PlannedHours,
    ProductionPeak,
    Team,
    TeamMember,
)
from craftpath.domain.teaching.sharing import days_in, monday_of
from craftpath.domain.teaching.times import USUAL_WEEKDAYS, USUAL_WEEKLY
from craftpath.domain.training.unit_days import UnitStay, stays_in_units
from craftpath.values.period import Period

if TYPE_CHECKING:
    from craftpath.engines.deadlines import WorkCalendar

A_WORKDAY = 8 * 60
LEAVES = {"light": Fraction(1, 2), "hard": Fraction(1, 4), "nobody": Fraction(0)}
"""What a peak leaves of a working day for teaching."""


@dataclass(frozen=True, slots=True)
class Peak:
    """A peak as planning asks it: the path of the place, its name, ids of departments (none: all)."""

    path: str
    name: Mapping[str, str]
    departments: frozenset[int]
    span: Period
    level: str

    def touches(self, place: str, departments: Collection[int]) -> bool:
        """Whether it is at a place, or above it, and in one of these departments or in all."""
        here = place.startswith(self.path)
        return here and (not self.departments or bool(self.departments & set(departments)))


@dataclass(frozen=True, slots=True)
class Limits:
    """All of it, by person, unit and week."""

    peaks: Sequence[Peak]
    weekly: Mapping[int, int]
    weekdays: Mapping[int, Collection[int]]
    away: Mapping[int, Sequence[Period]]
    stays: Mapping[int, Sequence[UnitStay]]
    loads: Mapping[tuple[int, date], int]
    """(person id, Monday) → minutes planned in all teams"""
    sessions: Sequence[TaughtSession]

    def most(self, person: int) -> int:
        """Minutes a week at most."""
        return self.weekly.get(person, USUAL_WEEKLY)

    def teaches_on(self, person: int, day: date) -> bool:
        """Whether somebody teaches on this day of the week and is not away."""
        usual = day.weekday() in self.weekdays.get(person, USUAL_WEEKDAYS)
        return usual and not self.is_away(person, day)

    def is_away(self, person: int, day: date) -> bool:
        """Whether somebody is away, as said or because a deputy stands in."""
        return any(day in span for span in self.away.get(person, ()))

    def rooms(self, unit: int) -> set[int]:
        """The departments in which the class is in a unit."""
        return {stay.department_id for stay in self.stays.get(unit, ()) if stay.department_id is not None}

    def peak_on(self, place: str, departments: Collection[int], day: date) -> Peak | None:
        """The peak that leaves least on a day."""
        found = [peak for peak in self.peaks if day in peak.span and peak.touches(place, departments)]
        return min(found, key=lambda peak: LEAVES[peak.level], default=None)

    def of_day(self, member: TeamMember, unit: int, day: date) -> int:
        """Minutes of a working day that a member can teach in a unit, other teams left aside."""
        if not self.teaches_on(member.person_id, day):
            return 0
        peak = self.peak_on(member.place.path, self.rooms(unit), day) if member.place is not None else None
        return A_WORKDAY if peak is None else int(A_WORKDAY * LEAVES[peak.level])


@dataclass(frozen=True, slots=True)
class ClassWeek:
    """A week of the class in a unit: its weight with and without peaks, how much all may teach, whose peak it is."""

    monday: date
    days: tuple[date, ...]
    weight: int
    plain: int
    most: int
    peak: Peak | None


def class_week(
    limits: Limits, unit: int, span: Period, monday: date, works: WorkCalendar | None
) -> ClassWeek:
    """How much of the class is in a unit in a week; a unit without any stay is taught on every workday of the team."""
    stays = limits.stays.get(unit, ())
    days, weight, plain, most, found = [], Fraction(0), 0, 0, None
    for day in days_in(monday, span):
        if not (works.works_on(day) if works is not None else day.weekday() in USUAL_WEEKDAYS):
            continue
        there = [stay for stay in stays if stay.starts_on <= day <= stay.ends_on]
        if stays and not there:
            continue
        days.append(day)
        most += A_WORKDAY * max(1, len({stay.host_id for stay in there}))
        for stay in there:
            peak = limits.peak_on(stay.host, [stay.department_id] if stay.department_id else [], day)
            found = found or peak
            weight += LEAVES[peak.level] if peak is not None else 1
        weight += 0 if there else 1
        plain += len(there) or 1
    return ClassWeek(monday, tuple(days), int(weight * 4), plain * 4, most, found)


def limits_of(teams: Iterable[Team], members: Iterable[TeamMember], span: Period) -> Limits:
    """Read them for these teams and people in a span; eight queries however many."""
    people = {member.person_id for member in members}
    units = {team.unit_id for team in teams}
    availability = {row.person_id: row for row in Availability.objects.filter(person__in=people)}
    away: dict[int, list[Period]] = defaultdict(list)
    for person, first, last in Away.objects.filter(
        person__in=people, starts_on__lt=span.end, ends_on__gt=span.start
    ).values_list("person_id", "starts_on", "ends_on"):
        away[person].append(Period(first, last))
    for person, spans in stood_in_for(people, span).items():
        away[person] += spans
    return Limits(
        peaks=peaks_in(span),
        weekly={pk: row.weekly for pk, row in availability.items()},
        weekdays={pk: row.weekdays for pk, row in availability.items()},
        away=away,
        stays=stays_in_units(units),
        loads=loads(people, span),
        sessions=sessions_taught_by(people, _midnight(span.start), _midnight(span.end)),
    )


def peaks_in(span: Period) -> list[Peak]:
    """Every peak that touches a span; two queries."""
    rows = ProductionPeak._base_manager.filter(
        state="standing", starts_on__lt=span.end, ends_on__gt=span.start
    )
    rows = rows.select_related("organisation").prefetch_related("departments").order_by("starts_on", "pk")
    return [
        Peak(
            row.organisation.path,
            row.organisation.name,
            frozenset(one.pk for one in row.departments.all()),
            row.span,
            row.level,
        )
        for row in rows
    ]


def loads(people: Iterable[int], span: Period) -> dict[tuple[int, date], int]:
    """(person id, Monday) → minutes that all teams together plan; one query."""
    rows = PlannedHours.objects.filter(
        member__person__in=set(people),
        member__team__state__in=("proposed", "active"),
        week__gte=monday_of(span.start),
        week__lt=span.end,
    ).order_by()
    told: Any = rows.values_list("member__person_id", "week").annotate(minutes=Sum("minutes"))
    return {(person, week): minutes for person, week, minutes in told}


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
