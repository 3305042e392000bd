"""A rotation for a whole cohort from one pattern: looked at first, published in one act, taken back while untouched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.actions import ref as cohort_ref
from craftpath.domain.apprenticeships.queries import enrolments, hold, mentors_of
from craftpath.domain.training import rules
from craftpath.domain.training.ages import births
from craftpath.domain.training.clashes import Clash, Planned
from craftpath.domain.training.facts import PatternPublished, PatternUndone
from craftpath.domain.training.models import PlanUnit, RotationPattern, Stay, TrainingPlan
from craftpath.domain.training.offering import (
    Offer,
    Places,
    clashes_among,
    fingerprint_of,
    hold_departments,
    write_offer,
)
from craftpath.domain.training.patterns import WEEK, Rooms, Seat, Step, expand, length
from craftpath.domain.training.queries import units_of_plan
from craftpath.domain.training.rotation import neighbours
from craftpath.domain.training.states import PATTERN, STAY
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from craftpath.domain.apprenticeships.models import Enrolment


def offer(
    plan: TrainingPlan,
    steps: Sequence[Step],
    starts_on: date,
    *,
    leave_out: bool = False,
    born: Mapping[int, date] | None = None,
) -> Offer:
    """Expand a pattern for the active apprentices of the plan's cohort; a dozen queries however many.

    With `leave_out`, whoever could not be sent gets no stays, and the others are placed as if those were not there.
    `born` is enrolment id → birth date, else what the record knows.
    """
    units = {unit.key: unit for unit in units_of_plan(plan)}
    require(rules.can_expand(steps, {key for key, unit in units.items() if unit.minutes}))
    people = list(enrolments().filter(cohort=plan.cohort_id, state="active"))
    if not people:
        raise Refused(not_now("training.nobody_there"))
    born = births(people) if born is None else born
    stays, found = _drafted(plan, units, steps, people, starts_on, born)
    left: list[Enrolment] = []
    if leave_out:
        barred = {who for clash in found if clash.level == "block" for who in clash.enrolment_ids}
        left = [row for row in people if row.pk in barred]
        people = [row for row in people if row.pk not in barred]
        stays, found = _drafted(plan, units, steps, people, starts_on, born) if people else ([], [])
    dangerous = any(units[step.unit].hazardous for step in steps)
    unknown = sum(row.pk not in born for row in people) if dangerous else 0
    shown = [[step.unit, step.weeks, step.together] for step in steps]
    return Offer(stays, found, people, left, unknown, fingerprint_of(shown, stays, found))


@action
def publish_pattern(
    plan: TrainingPlan,
    steps: Sequence[Step],
    starts_on: date,
    *,
    seen: str,
    leave_out: bool = False,
    born: Mapping[int, date] | None = None,
    by: Actor,
    at: datetime,
) -> RotationPattern:
    """Write exactly the offer that was seen (its fingerprint); refused when it has changed, or while something blocks.

    The same press twice is one pattern.
    """
    cohort = plan.cohort
    require(rules.may_plan(by, cohort))
    hold(enrolments().filter(cohort=cohort, state="active").values_list("pk", flat=True))
    standing = RotationPattern.objects.filter(cohort=cohort, fingerprint=seen, state=PATTERN.start).first()
    if standing is not None:
        return standing
    hold_departments(plan)
    found = offer(plan, steps, starts_on, leave_out=leave_out, born=born)
    written = [[step.unit, step.weeks, step.together] for step in steps]
    pattern = write_offer(found, cohort, starts_on, written, seen=seen, by=by, at=at)
    told = PatternPublished(
        pattern=pattern.public_id,
        people=len(found.people),
        stays=len(found.stays),
        clashes=sum(clash.level == "warn" for clash in found.clashes),
    )
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=cohort_ref(cohort))
    return pattern


@action
def undo_pattern(pattern: RotationPattern, *, by: Actor, at: datetime) -> int:
    """Cancel every stay of a pattern while nothing was built on it; returns how many."""
    pattern = (
        RotationPattern.objects.select_for_update(of=("self",))
        .select_related("cohort__organisation")
        .get(pk=pattern.pk)
    )
    require(rules.may_plan(by, pattern.cohort))
    hold(Stay._base_manager.filter(pattern=pattern).values_list("enrolment_id", flat=True))
    require(rules.can_undo(pattern))
    pattern.state, pattern.undone_at = PATTERN.after(pattern.state, "undo"), at
    pattern.save(update_fields=["state", "undone_at"])
    rows = Stay._base_manager.filter(pattern=pattern, state=STAY.start)
    count = rows.update(state=STAY.after(STAY.start, "cancel"), changed_by=by.person, changed_at=at)
    told = PatternUndone(pattern=pattern.public_id, stays=count)
    tell(told, by=by, at=at, organisation=pattern.cohort.organisation, subject=cohort_ref(pattern.cohort))
    return count


def _drafted(
    plan: TrainingPlan,
    units: Mapping[str, PlanUnit],
    steps: Sequence[Step],
    people: Sequence[Enrolment],
    starts_on: date,
    born: Mapping[int, date],
) -> tuple[list[Stay], list[Clash]]:
    places = Places.of(plan, units.values(), people)
    ends_on = starts_on + length(steps) * WEEK - timedelta(days=1)
    answering = places.answering(mentors_of(people))
    near = neighbours([row.pk for row in people], places.departments, answering, starts_on, ends_on)
    drafts = expand(
        steps,
        [Seat(row.pk, places.hosts[row.pk].pk) for row in people],
        starts_on,
        Rooms(
            department={place: one.pk for place, one in places.rooms.items()},
            capacity={
                one.pk: one.capacity for one in places.departments.values() if one.capacity is not None
            },
            taken=_taken(near, starts_on, length(steps)),
        ),
    )
    stays = [
        places.stay(number, draft.enrolment_id, units[draft.unit], draft.starts_on, draft.ends_on)
        for number, draft in enumerate(drafts)
    ]
    return stays, clashes_among(stays, near, people, places.departments.values(), starts_on, born)


def _taken(near: Iterable[Planned], starts_on: date, weeks: int) -> Counter[tuple[int, int]]:
    """How many a department has already in each week of the pattern."""
    found: Counter[tuple[int, int]] = Counter()
    for stay in near:
        if stay.department_id is not None:
            first = max(0, (stay.starts_on - starts_on) // WEEK)
            last = min(weeks - 1, (stay.ends_on - starts_on) // WEEK)
            found.update((stay.department_id, week) for week in range(first, last + 1))
    return found
