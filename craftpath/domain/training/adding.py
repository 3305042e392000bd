"""Single stays outside of a pattern: one unit, for one apprentice or a few; looked at first, taken back as a rotation.

What is added together is kept as a pattern without steps, so that taking it back is the same act with the same rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.actions import ref as cohort_ref
from craftpath.domain.apprenticeships.queries import hold, mentors_of
from craftpath.domain.training import rules
from craftpath.domain.training.ages import births
from craftpath.domain.training.facts import StaysAdded
from craftpath.domain.training.models import Department, PlanUnit, RotationPattern, TrainingPlan
from craftpath.domain.training.offering import (
    Offer,
    Places,
    clashes_among,
    fingerprint_of,
    hold_departments,
    write_offer,
)
from craftpath.domain.training.queries import units_of_plan
from craftpath.domain.training.rotation import neighbours
from craftpath.domain.training.states import PATTERN
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stay as it is asked for, both days included; without a department or a person it is as the plan says."""

    unit: str
    starts_on: date
    ends_on: date
    department: Department | None = None
    responsible: Person | None = None


def offer_stays(plan: TrainingPlan, wanted: Wanted, people: Sequence[Enrolment]) -> Offer:
    """What adding these stays would do, for active apprentices of the plan's cohort; constant queries."""
    units = {unit.key: unit for unit in units_of_plan(plan)}
    require(rules.can_add(wanted.unit, wanted.starts_on, wanted.ends_on, units))
    if not people:
        raise Refused(not_now("training.choose_somebody"))
    if any(row.cohort_id != plan.cohort_id or row.state != "active" for row in people):
        raise Refused(not_now("training.not_in_cohort"))
    unit = units[wanted.unit]
    places = Places.of(plan, [unit], people)
    if wanted.department is not None:
        places.rooms = _rooms(wanted.department, unit, places)
    answering = places.answering(mentors_of(people))
    stays = [
        places.stay(number, row.pk, unit, wanted.starts_on, wanted.ends_on)
        for number, row in enumerate(people)
    ]
    if wanted.responsible is not None:
        answering.add(wanted.responsible.pk)
        for stay in stays:
            stay.responsible = wanted.responsible
    rooms = places.departments
    near = neighbours([row.pk for row in people], rooms, answering, wanted.starts_on, wanted.ends_on)
    born = births(people)
    found = clashes_among(stays, near, people, rooms.values(), wanted.starts_on, born)
    unknown = sum(row.pk not in born for row in people) if unit.hazardous else 0
    return Offer(stays, found, list(people), [], unknown, fingerprint_of(["single"], stays, found))


@action
def add_stays(
    plan: TrainingPlan, wanted: Wanted, people: Sequence[Enrolment], *, seen: str, by: Actor, at: datetime
) -> RotationPattern:
    """Write exactly the stays that were seen (their fingerprint); the same press twice adds them once."""
    cohort = plan.cohort
    require(rules.may_plan(by, cohort))
    hold(row.pk for row in people)
    standing = RotationPattern.objects.filter(cohort=cohort, fingerprint=seen, state=PATTERN.start).first()
    if standing is not None:
        return standing
    hold_departments(plan)
    if wanted.department is not None:
        Department._base_manager.select_for_update(of=("self",)).get(pk=wanted.department.pk)
    found = offer_stays(plan, wanted, people)
    pattern = write_offer(found, cohort, wanted.starts_on, [], seen=seen, by=by, at=at)
    warnings = sum(clash.level == "warn" for clash in found.clashes)
    told = StaysAdded(pattern.public_id, wanted.unit, len(found.people), warnings)
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=cohort_ref(cohort))
    return pattern


def _rooms(department: Department, unit: PlanUnit, places: Places) -> dict[tuple[int, str], Department]:
    """A department that was chosen instead of the plan's: it is of the place where all of them are learning."""
    hosts = {host.pk for host in places.hosts.values()}
    if unit.place != "workplace" or hosts != {department.host_id}:
        raise Refused(not_now("training.department_elsewhere"))
    return {(department.host_id, unit.key): department}
