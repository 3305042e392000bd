"""Stays that are offered before they are written: where each would be and with whom, what clashes, and writing them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.training.clashes import Bounds, Clash, Limits, clashes
from craftpath.domain.training.limits import limits_of
from craftpath.domain.training.models import Department, PlanUnit, RotationPattern, Stay, TrainingPlan
from craftpath.domain.training.rotation import as_planned
from craftpath.kernel.access import Actor
from craftpath.kernel.keys import new_public_id
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.training.clashes import Planned
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

OFFERED = "new-"  # begins the name of a stay that is not written yet


@dataclass(frozen=True)
class Offer:
    """What publishing would do: nothing is written. `left_out` are those for whom it cannot be done."""

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


@dataclass
class Places:
    """Where units of a plan are learned: `rooms` by host and unit, `hosts` and `mentors` by enrolment."""

    home: Organisation
    rooms: dict[tuple[int, str], Department]
    hosts: dict[int, Organisation]
    mentors: dict[int, Person] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: TrainingPlan, units: Iterable[PlanUnit], people: Iterable[Enrolment]) -> Places:
        """As the plan says; the units were read with their departments."""
        home = plan.cohort.organisation
        rooms = {
            (one.host_id, unit.key): one
            for unit in units
            if unit.place == "workplace"
            for one in unit.departments.all()
        }
        return cls(home, rooms, {row.pk: row.enterprise or home for row in people})

    @property
    def departments(self) -> dict[int, Department]:
        """Each once, by its id."""
        return {one.pk: one for one in self.rooms.values()}

    def answering(self, mentors: Mapping[int, Sequence[Person]]) -> set[int]:
        """Whoever may be responsible for a stay here: the mentors, who are kept, and the leads of departments."""
        self.mentors = {who: found[0] for who, found in mentors.items()}
        leads = {one.responsible_id for one in self.rooms.values() if one.responsible_id}
        return {person.pk for person in self.mentors.values()} | leads

    def stay(self, number: int, who: int, unit: PlanUnit, starts_on: date, ends_on: date) -> Stay:
        """A stay of one apprentice that is not written yet: in the host's department, else with the own mentor."""
        work = unit.place == "workplace"
        host = self.hosts[who] if work else self.home
        department = self.rooms.get((host.pk, unit.key)) if work else None
        lead = department.responsible if department else None
        return Stay(
            public_id=f"{OFFERED}{number}",
            enrolment_id=who,
            unit=unit,
            kind="workplace" if work else "college",
            host=host,
            department=department,
            starts_on=starts_on,
            ends_on=ends_on,
            responsible=lead or (self.mentors.get(who) if work else None),
        )


def clashes_among(
    stays: Sequence[Stay],
    near: Sequence[Planned],
    people: Sequence[Enrolment],
    departments: Iterable[Department],
    starts_on: date,
    born: Mapping[int, date] | None,
) -> list[Clash]:
    """What would not go together if these stays were written beside those that are there."""
    mine = {stay.public_id for stay in stays}
    limits = limits_of(people, departments, starts_on, born)
    bounds = dict(limits.bounds)
    for other in near:  # of people whom the reader may not see, only the place that they take is asked
        bounds.setdefault(other.enrolment_id, Bounds(other.starts_on))
    shown = [*near, *(as_planned(stay) for stay in stays)]
    found = clashes(shown, Limits(bounds, limits.capacity, limits.mentor_most, limits.born))
    return [clash for clash in found if mine & set(clash.stays)]


def fingerprint_of(steps: Sequence[object], stays: Sequence[Stay], found: Sequence[Clash]) -> str:
    """Changes with anything that the preview shows."""
    shown: list[Any] = list(steps)
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


def hold_departments(plan: TrainingPlan) -> None:
    """Keep others from filling the plan's departments until the open transaction ends; in a fixed order."""
    places = PlanUnit.objects.filter(plan=plan).order_by().values("departments")
    list(Department._base_manager.select_for_update(of=("self",)).filter(pk__in=places).order_by("pk"))


def write_offer(
    found: Offer,
    cohort: Cohort,
    starts_on: date,
    steps: list[list[Any]],
    *,
    seen: str,
    by: Actor,
    at: datetime,
) -> RotationPattern:
    """Write exactly the offer that was seen; refused when it has changed, while something blocks, or for nobody."""
    if found.fingerprint != seen:
        raise Refused(not_now("training.offer_changed"))
    if found.blocking:
        raise Refused(not_now("training.pattern_blocked", count=len(found.blocking)))
    if not found.stays:
        raise Refused(not_now("training.nobody_there"))
    pattern = RotationPattern(
        cohort=cohort,
        starts_on=starts_on,
        steps=steps,
        fingerprint=seen,
        published_by=by.person,
        published_at=at,
    )
    pattern.save()
    for stay in found.stays:
        stay.public_id = new_public_id()
        stay.pattern, stay.changed_by, stay.changed_at = pattern, by.person, at
    Stay.objects.bulk_create(found.stays, batch_size=500)
    return pattern
