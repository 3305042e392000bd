"""Taking a roster in: people are found or made, enrolled, and given their mentor – many in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships import rules
from craftpath.domain.apprenticeships.facts import RosterTaken
from craftpath.domain.apprenticeships.mentors import mentors_for
from craftpath.domain.apprenticeships.models import (
    Cohort,
    Enrolment,
    EnrolmentParty,
    PartyRole,
    StageProgress,
)
from craftpath.domain.programmes.queries import stages_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.admission import give_role
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, free_usernames
from craftpath.kernel.roles import Role
from craftpath.values.ref import Ref
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import Stage


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One line of a roster; None leaves what is there, so a sheet without a column changes nothing."""

    number: str
    name: str
    name_latin: str | None = None
    email: str | None = None
    phone: str | None = None
    enterprise: Organisation | None = None
    mentor: Person | str | None = None  # somebody known, else the name of a mentor of the enterprise
    starts_on: date | None = None
    stage: str | None = None  # key of the stage that the apprentice is in; earlier ones count as taken over


@dataclass(frozen=True, slots=True)
class RosterOutcome:
    """How many people were added, changed, left as they were."""

    added: int
    changed: int
    unchanged: int


@action
def take_roster(cohort: Cohort, entries: Sequence[RosterEntry], *, by: Actor, at: datetime) -> RosterOutcome:
    """Enrol those who are new and change what differs; nobody who is not mentioned is touched.

    A number that the college already knows is the same person, whichever cohort it stands in.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=cohort.pk)
    require(rules.may_import_roster(by, cohort))
    require(rules.can_enrol(cohort))
    here = {
        row.number: row
        for row in Enrolment.objects.filter(
            cohort=cohort, number__in=[e.number for e in entries]
        ).select_related("person")
    }
    added = [entry for entry in entries if entry.number not in here]
    new_rows = _enrol(cohort, added, by=by, at=at)
    both = new_rows | here
    # Somebody known from another cohort is new here, and may have moved or changed a name since.
    changed = _change([(both[e.number], e) for e in entries])
    changed |= _set_mentors([(both[e.number], e) for e in entries if e.mentor], by=by, at=at)
    changed_rows = [row for row in here.values() if row.pk in changed]
    if new_rows or changed_rows:
        tell(
            RosterTaken(
                cohort=cohort.public_id,
                added=[row.public_id for row in new_rows.values()],
                changed=[row.public_id for row in changed_rows],
            ),
            by=by,
            at=at,
            organisation=cohort.organisation,
            subject=Ref("apprenticeships", "cohort", cohort.public_id),
        )
    return RosterOutcome(len(new_rows), len(changed_rows), len(here) - len(changed_rows))


def _enrol(
    cohort: Cohort, entries: Sequence[RosterEntry], *, by: Actor, at: datetime
) -> dict[str, Enrolment]:
    people = _people(cohort.organisation, entries)
    rows = {
        entry.number: Enrolment(
            cohort=cohort,
            person=people[entry.number],
            number=entry.number,
            enterprise=entry.enterprise,
            starts_on=entry.starts_on or cohort.starts_on,
        )
        for entry in entries
    }
    Enrolment.objects.bulk_create(rows.values())
    give_role(people.values(), cohort.organisation, Role.APPRENTICE, on=localdate(at), by=by, at=at)
    stages = stages_of(cohort.programme_id)
    StageProgress.objects.bulk_create(
        progress for entry in entries for progress in _path(rows[entry.number], entry.stage, stages)
    )
    return rows


def _path(row: Enrolment, current: str | None, stages: Sequence[Stage]) -> Iterable[StageProgress]:
    """Open the stage that the roster names (the first if it names none); earlier ones are taken over."""
    keys = [stage.key for stage in stages]
    reached = keys.index(current) if current in keys else 0
    for stage in stages[:reached]:
        yield StageProgress(
            enrolment=row,
            stage=stage,
            state="passed",
            opened_on=row.starts_on,
            passed_on=row.starts_on,
            basis="taken_over",
        )
    if stages:
        yield StageProgress(enrolment=row, stage=stages[reached], opened_on=row.starts_on)


def _people(organisation: Organisation, entries: Sequence[RosterEntry]) -> dict[str, Person]:
    """number → person: known to the college already, or made now without a password."""
    numbers = [entry.number for entry in entries]
    known = {
        row.number: row.person
        for row in Enrolment.objects.filter(
            cohort__organisation__in=organisation.below(), number__in=numbers
        ).select_related("person")
    }
    new = [entry for entry in entries if entry.number not in known]
    names = free_usernames((entry.number, f"{organisation.key[:39]}-{entry.number}") for entry in new)
    made = []
    for entry, username in zip(new, names, strict=True):
        person = Person(
            username=username,
            name=entry.name,
            name_latin=entry.name_latin or "",
            email=entry.email or None,
            phone=entry.phone or "",
        )
        person.set_unusable_password()
        made.append((entry.number, person))
    Person.objects.bulk_create([person for _, person in made])
    return known | dict(made)


def _change(pairs: Sequence[tuple[Enrolment, RosterEntry]]) -> set[int]:
    """Write what differs; returns the ids of the enrolments that changed."""
    people, rows = [], []
    for row, entry in pairs:
        person = row.person
        wanted = {
            "name": entry.name,
            "name_latin": entry.name_latin,
            "email": entry.email or None,
            "phone": entry.phone,
        }
        differing = {k: v for k, v in wanted.items() if v is not None and getattr(person, k) != v}
        for field, value in differing.items():
            setattr(person, field, value)
        if differing:
            people.append((row, person))
        if entry.enterprise is not None and row.enterprise_id != entry.enterprise.pk:
            row.enterprise = entry.enterprise
            rows.append(row)
        if entry.starts_on is not None and row.starts_on != entry.starts_on:
            row.starts_on = entry.starts_on
            rows.append(row)
    Person.objects.bulk_update([person for _, person in people], ["name", "name_latin", "email", "phone"])
    Enrolment.objects.bulk_update({row.pk: row for row in rows}.values(), ["enterprise", "starts_on"])
    return {row.pk for row, _ in people} | {row.pk for row in rows}


def _set_mentors(pairs: Sequence[tuple[Enrolment, RosterEntry]], *, by: Actor, at: datetime) -> set[int]:
    """Give each apprentice the mentor of the sheet beside those already there; returns changed ids."""
    if not pairs:
        return set()
    on = localdate(at)
    mentors = mentors_for([(row, entry.mentor) for row, entry in pairs if entry.mentor], by=by, at=at)
    held = set(
        EnrolmentParty.objects.filter(
            enrolment__in=[row.pk for row, _ in pairs], role=PartyRole.MENTOR, ends_on__isnull=True
        ).values_list("enrolment_id", "person_id")
    )
    new = [
        EnrolmentParty(enrolment_id=row, person=person, role=PartyRole.MENTOR, starts_on=on)
        for row, person in mentors.items()
        if (row, person.pk) not in held
    ]
    EnrolmentParty.objects.bulk_create(new)
    return {party.enrolment_id for party in new}
