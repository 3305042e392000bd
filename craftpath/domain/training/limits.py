"""What stays are held against: bounds of an apprenticeship, capacities, the load of a mentor, ages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.programmes.queries import figure_laid_down
from craftpath.domain.training.ages import births
from craftpath.domain.training.clashes import Bounds, Clash, Limits, clashes
from craftpath.domain.training.rotation import as_planned, neighbours

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.training.models import Department, Stay

MENTOR_FIGURES = ("mentor_max_apprentices", "trainer_with_other_duties_max")


def limits_of(
    people: Iterable[Enrolment],
    departments: Iterable[Department],
    day: date,
    born: Mapping[int, date] | None = None,
) -> Limits:
    """What stays of these apprentices of one programme are held against on a day; one query."""
    people = list(people)
    most = figure_laid_down(people[0].cohort.programme_id, MENTOR_FIGURES, day) if people else None
    return Limits(
        bounds={row.pk: Bounds(row.starts_on, last_day(row)) for row in people},
        capacity={one.pk: one.capacity for one in departments if one.capacity is not None},
        mentor_most=int(most) if most is not None else None,
        born=births(people) if born is None else born,
    )


def last_day(row: Enrolment) -> date | None:
    """The last day of an apprenticeship as far as it is known: `ended_on` is the first day after it."""
    return row.ended_on - timedelta(days=1) if row.ended_on is not None else row.cohort.ends_on


def standing_clashes(
    people: Sequence[Enrolment], stays: Sequence[Stay], first: date, last: date
) -> list[Clash]:
    """What does not go together among stays that are there, on these days; two queries."""
    if not stays:
        return []
    departments = {stay.department_id: stay.department for stay in stays if stay.department is not None}
    answering = {stay.responsible_id for stay in stays if stay.responsible_id is not None}
    mine = {stay.public_id for stay in stays}
    near = neighbours([], [key for key in departments if key], answering, first, last)
    others = [one for one in near if one.name not in mine]
    limits = limits_of(people, departments.values(), first)
    bounds = dict(limits.bounds)
    for one in others:  # of other cohorts' people only the place that they take is asked
        bounds.setdefault(one.enrolment_id, Bounds(one.starts_on))
    shown = [*others, *(as_planned(stay) for stay in stays)]
    found = clashes(shown, Limits(bounds, limits.capacity, limits.mentor_most, limits.born))
    return [clash for clash in found if mine & set(clash.stays)]
