"""Taking a roster in: people are found or made, enrolled, and given their mentor – many in a few queries."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db.models import Model
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
from craftpath.domain.apprenticeships.trace import Trace
from craftpath.domain.programmes.queries import stages_of
from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.action import action
from craftpath.kernel.admission import give_role
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, free_usernames
from craftpath.kernel.progress import step
from craftpath.kernel.roles import Role
from craftpath.kernel.rows import insert_objects
from craftpath.values.ref import Ref
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import Stage

T = TypeVar("T")


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
    """How many people were added, changed, left as they were; `trace` is what an undo needs."""

    added: int
    changed: int
    unchanged: int
    trace: Trace = field(default_factory=Trace)


_AT_ONCE = 500
"""How many values one question to the database names at most."""
_BATCH = 2_000
"""How many rows are written between two looks at the counter."""


@action
def take_roster(cohort: Cohort, entries: Sequence[RosterEntry], *, by: Actor, at: datetime) -> RosterOutcome:
    """Enrol those who are new and change what differs; nobody who is not mentioned is touched.

    A number that the college already knows is the same person, whichever cohort it stands in.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=cohort.pk)
    require(rules.may_import_roster(by, cohort))
    require(rules.can_enrol(cohort))
    trace = Trace()
    here = {row.number: row for row in _known(cohort, [entry.number for entry in entries])}
    added = [entry for entry in entries if entry.number not in here]
    new_rows = _enrol(cohort, added, trace, by=by, at=at)
    both = new_rows | here
    # Somebody known from another cohort is new here, and may have moved or changed a name since.
    changed = _change([(both[e.number], e) for e in entries], trace)
    changed |= _set_mentors([(both[e.number], e) for e in entries if e.mentor], trace, by=by, at=at)
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
    return RosterOutcome(len(new_rows), len(changed_rows), len(here) - len(changed_rows), trace)


def _some(values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _known(cohort: Cohort, numbers: Sequence[str]) -> Iterable[Enrolment]:
    for some in _some(numbers):
        rows = Enrolment.objects.filter(cohort=cohort, number__in=some).select_related("person", "enterprise")
        for row in rows:
            row.cohort = cohort
            yield row


def _enrol(
    cohort: Cohort, entries: Sequence[RosterEntry], trace: Trace, *, by: Actor, at: datetime
) -> dict[str, Enrolment]:
    people = _people(cohort.organisation, entries, trace)
    rows = {
        entry.number: Enrolment(
            cohort=cohort,
            person=people[entry.number],
            number=entry.number,
            enterprise=entry.enterprise,
            starts_on=entry.starts_on or cohort.starts_on,
            state="active",  # whom a college's own list names is learning already
        )
        for entry in entries
    }
    _save(list(rows.values()), share=(1, 4))
    trace.enrolments += [row.pk for row in rows.values()]
    trace.roles += _without_role(people.values(), cohort.organisation, set(trace.people))
    give_role(people.values(), cohort.organisation, Role.APPRENTICE, on=localdate(at), by=by, at=at)
    stages = stages_of(cohort.programme_id)
    steps = [progress for entry in entries for progress in path_from(rows[entry.number], entry.stage, stages)]
    _save(steps, share=(2, 4))
    return rows


def _save(rows: Sequence[Model], *, share: tuple[int, int]) -> None:
    """Add rows batch by batch; `share` says which part of how many this is, for those who wait."""
    part, parts = share
    for start in range(0, len(rows), _BATCH):
        step("writing", (part * len(rows) + start) // parts, len(rows))
        insert_objects(rows[start : start + _BATCH])


def _without_role(people: Iterable[Person], place: Organisation, made: set[int]) -> list[list[Any]]:
    """Those known before who get the role of an apprentice here now; those made now have no other anyway."""
    known = {person.pk for person in people} - made
    if not known:
        return []
    held = Membership.objects.filter(
        organisation=place, role=Role.APPRENTICE, ends_on__isnull=True, person__in=known
    )
    return [
        [pk, place.pk, Role.APPRENTICE.value] for pk in known - set(held.values_list("person_id", flat=True))
    ]


def path_from(row: Enrolment, current: str | None, stages: Sequence[Stage]) -> Iterable[StageProgress]:
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


def _people(organisation: Organisation, entries: Sequence[RosterEntry], trace: Trace) -> dict[str, Person]:
    """number → person: known to the college already, or made now without a password."""
    known = {
        row.number: row.person
        for some in _some([entry.number for entry in entries])
        for row in Enrolment.objects.filter(
            cohort__organisation__in=organisation.below(), number__in=some
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
        person.password = _no_password()
        made.append((entry.number, person))
    _save([person for _, person in made], share=(0, 4))
    trace.people += [person.pk for _, person in made]
    return known | dict(made)


def _no_password() -> str:
    """What Django writes for somebody without one; its own way draws each of forty letters by itself."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)


def _change(pairs: Sequence[tuple[Enrolment, RosterEntry]], trace: Trace) -> set[int]:
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
        for name, value in differing.items():
            trace.changes.append([row.pk, name, getattr(person, name), value])
            setattr(person, name, value)
        if differing:
            people.append((row, person))
        if entry.enterprise is not None and row.enterprise_id != entry.enterprise.pk:
            trace.changes.append([row.pk, "enterprise", row.enterprise_id, entry.enterprise.pk])
            row.enterprise = entry.enterprise
            rows.append(row)
        if entry.starts_on is not None and row.starts_on != entry.starts_on:
            trace.changes.append(
                [row.pk, "starts_on", row.starts_on.isoformat(), entry.starts_on.isoformat()]
            )
            row.starts_on = entry.starts_on
            rows.append(row)
    columns = ["name", "name_latin", "email", "phone"]
    Person.objects.bulk_update([person for _, person in people], columns, batch_size=_AT_ONCE)
    changed = {row.pk: row for row in rows}
    Enrolment.objects.bulk_update(changed.values(), ["enterprise", "starts_on"], batch_size=_AT_ONCE)
    return {row.pk for row, _ in people} | {row.pk for row in rows}


def _set_mentors(
    pairs: Sequence[tuple[Enrolment, RosterEntry]], trace: Trace, *, by: Actor, at: datetime
) -> set[int]:
    """Give each apprentice the mentor of the sheet beside those already there; returns changed ids."""
    if not pairs:
        return set()
    on = localdate(at)
    named = [(row, entry.mentor) for row, entry in pairs if entry.mentor]
    mentors = mentors_for(named, trace, by=by, at=at)
    held = _held([row.pk for row, _ in pairs])
    new = [
        EnrolmentParty(enrolment_id=row, person=person, role=PartyRole.MENTOR, starts_on=on)
        for row, person in mentors.items()
        if (row, person.pk) not in held
    ]
    _save(new, share=(3, 4))
    changed = {party.enrolment_id for party in new}
    if all(party.pk for party in new):
        trace.parties += [party.pk for party in new]
    else:
        trace.parties += [pk for pair, pk in _held(sorted(changed)).items() if pair not in held]
    return changed


def _held(enrolments: Sequence[int]) -> dict[tuple[int, int], int]:
    """(enrolment id, person id) of today's mentors → the id of that row."""
    return {
        (enrolment, person): pk
        for some in _some(enrolments)
        for enrolment, person, pk in EnrolmentParty.objects.filter(
            enrolment__in=some, role=PartyRole.MENTOR, ends_on__isnull=True
        ).values_list("enrolment_id", "person_id", "pk")
    }
