"""A rotation for a whole cohort from one pattern: looked at first, published in one act, taken back while untouched."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.domain.apprenticeships.actions import ref as cohort_ref
from craftpath.domain.apprenticeships.queries import enrolments, hold, mentors_of
from craftpath.domain.training import rules
from craftpath.domain.training.ages import births
from craftpath.domain.training.clashes import Bounds, Clash, Limits, Planned, clashes
from craftpath.domain.training.facts import PatternPublished, PatternUndone
from craftpath.domain.training.limits import limits_of
from craftpath.domain.training.models import Department, PlanUnit, RotationPattern, Stay, TrainingPlan
from craftpath.domain.training.patterns import WEEK, Draft, Rooms, Seat, Step, expand, length
from craftpath.domain.training.queries import units_of_plan
from craftpath.domain.training.rotation import neighbours
from craftpath.domain.training.states import PATTERN, STAY
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.people import Person

OFFERED = "new-"  # begins the name of a stay that is not written yet


@dataclass(frozen=True)
class Offer:
    """What publishing a pattern would do: nothing is written. `left_out` are those for whom it cannot be done."""

    stays: list[Stay]
    clashes: list[Clash]
    people: list[Enrolment]
    left_out: list[Enrolment]
    ages_unknown: int
    fingerprint: str

    @property
    def blocking(self) -> list[Clash]:
        """What must be settled before it can be published."""
        return [clash for clash in self.clashes if clash.level == "block"]


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
    return Offer(stays, found, people, left, unknown, _fingerprint(steps, stays, found))


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
    places = PlanUnit.objects.filter(plan=plan).order_by().values("departments")
    list(Department._base_manager.select_for_update(of=("self",)).filter(pk__in=places).order_by("pk"))
    found = offer(plan, steps, starts_on, leave_out=leave_out, born=born)
    if found.fingerprint != seen:
        raise Refused(not_now("training.offer_changed"))
    if found.blocking:
        raise Refused(not_now("training.pattern_blocked", count=len(found.blocking)))
    if not found.stays:
        raise Refused(not_now("training.nobody_there"))
    pattern = RotationPattern(
        cohort=cohort,
        starts_on=starts_on,
        steps=[[step.unit, step.weeks, step.together] for step in steps],
        fingerprint=seen,
        published_by=by.person,
        published_at=at,
    )
    pattern.save()
    for stay in found.stays:
        stay.public_id = new_public_id()
        stay.pattern, stay.changed_by, stay.changed_at = pattern, by.person, at
    Stay.objects.bulk_create(found.stays, batch_size=500)
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
    home = plan.cohort.organisation_id
    rooms = {
        (one.host_id, key): one
        for key, unit in units.items()
        if unit.place == "workplace"
        for one in unit.departments.all()
    }
    departments = {one.pk: one for one in rooms.values()}
    ends_on = starts_on + length(steps) * WEEK - timedelta(days=1)
    mentors = {who: found[0] for who, found in mentors_of(people).items()}
    leads = {one.responsible_id for one in departments.values() if one.responsible_id}
    answering = {person.pk for person in mentors.values()} | leads
    near = neighbours([row.pk for row in people], departments, answering, starts_on, ends_on)
    seats = [Seat(row.pk, row.enterprise_id or home) for row in people]
    drafts = expand(
        steps,
        seats,
        starts_on,
        Rooms(
            department={place: one.pk for place, one in rooms.items()},
            capacity={one.pk: one.capacity for one in departments.values() if one.capacity is not None},
            taken=_taken(near, starts_on, length(steps)),
        ),
    )
    hosts = {seat.enrolment_id: seat.host_id for seat in seats}
    stays = [
        _stay(number, draft, units[draft.unit], rooms, hosts, home, mentors)
        for number, draft in enumerate(drafts)
    ]
    mine = {stay.public_id for stay in stays}
    limits = limits_of(people, departments.values(), starts_on, born)
    shown = [*near, *(_planned(stay) for stay in stays)]
    bounds = dict(limits.bounds)
    for other in near:  # of people whom the reader may not see, only the place that they take is asked
        bounds.setdefault(other.enrolment_id, Bounds(other.starts_on))
    found = clashes(shown, Limits(bounds, limits.capacity, limits.mentor_most, limits.born))
    return stays, [clash for clash in found if mine & set(clash.stays)]


def _stay(
    number: int,
    draft: Draft,
    unit: PlanUnit,
    rooms: Mapping[tuple[int, str], Department],
    hosts: Mapping[int, int],
    home: int,
    mentors: Mapping[int, Person],
) -> Stay:
    work = unit.place == "workplace"
    department = rooms.get((hosts[draft.enrolment_id], unit.key)) if work else None
    mentor = mentors.get(draft.enrolment_id)
    lead = department.responsible_id if department else None
    return Stay(
        public_id=f"{OFFERED}{number}",
        enrolment_id=draft.enrolment_id,
        unit=unit,
        kind="workplace" if work else "college",
        host_id=hosts[draft.enrolment_id] if work else home,
        department=department,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        responsible_id=lead or (mentor.pk if mentor and work else None),
    )


def _planned(stay: Stay) -> Planned:
    return Planned(
        name=stay.public_id,
        enrolment_id=stay.enrolment_id,
        unit=stay.unit.key,
        starts_on=stay.starts_on,
        ends_on=stay.ends_on,
        kind=stay.kind,
        hazardous=stay.unit.hazardous,
        department_id=stay.department_id,
        responsible_id=stay.responsible_id,
    )


def _taken(near: Iterable[Planned], starts_on: date, weeks: int) -> Counter[tuple[int, int]]:
    """How many a department has already in each week of the pattern."""
    found: Counter[tuple[int, int]] = Counter()
    for stay in near:
        if stay.department_id is not None:
            first = max(0, (stay.starts_on - starts_on) // WEEK)
            last = min(weeks - 1, (stay.ends_on - starts_on) // WEEK)
            found.update((stay.department_id, week) for week in range(first, last + 1))
    return found


def _fingerprint(steps: Sequence[Step], stays: Sequence[Stay], found: Sequence[Clash]) -> str:
    """Changes with anything that the preview shows."""
    shown: list[Any] = [[step.unit, step.weeks, step.together] for step in steps]
    shown += [
        [
            stay.enrolment_id, stay.unit_id, str(stay.starts_on), str(stay.ends_on), stay.department_id,
            stay.responsible_id,
        ]
        for stay in stays
    ]  # fmt: skip
    shown += [
        [one.reason, str(one.first), str(one.last), one.enrolment_ids, dict(one.facts)] for one in found
    ]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
