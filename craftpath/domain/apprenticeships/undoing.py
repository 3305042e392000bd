"""Taking a roster back: who would go again, which values would return, and who or what stands in the way.

People on whom somebody has built since stop the whole undo, by name. Values that somebody has changed since stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import ProtectedError, Q

from craftpath.domain.apprenticeships import rules
from craftpath.domain.apprenticeships.facts import RosterUndone
from craftpath.domain.apprenticeships.models import Cohort, Enrolment, EnrolmentParty, StageProgress
from craftpath.domain.apprenticeships.trace import Trace
from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

AT_ONCE = 500
_OF_THE_PERSON = ("name", "name_latin", "email", "phone")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Value:
    """One value that the roster changed: whose, which field, what stood before and what it wrote."""

    enrolment: Enrolment
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RosterUndo:
    """What an undo would do. `built` maps those who stop it to reason codes; `left` are values that stay."""

    cohort: Cohort
    trace: Trace
    going: tuple[Enrolment, ...]
    back: tuple[Value, ...]
    left: tuple[Value, ...]
    mentors: tuple[int, ...]
    built: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def roster_undo(cohort: Cohort, trace: Trace, later: Iterable[Trace]) -> RosterUndo:
    """What taking this roster back would do now; `later` are the rosters of this cohort that came after it."""
    going = tuple(_enrolments(trace.enrolments))
    built: dict[int, list[str]] = {}
    for pk, code in _built(going, trace, list(later)):
        if code not in built.setdefault(pk, []):
            built[pk].append(code)
    back, left = _values(trace)
    return RosterUndo(
        cohort,
        trace,
        going,
        tuple(back),
        tuple(left),
        tuple(_idle_mentors(trace)),
        {pk: tuple(codes) for pk, codes in built.items()},
    )


@action
def undo_roster(plan: RosterUndo, *, by: Actor, at: datetime) -> dict[str, int]:
    """Carry the plan out, whole or not at all; returns what the import keeps as its counts."""
    require(rules.may_import_roster(by, plan.cohort))
    if plan.built:
        raise Refused(not_now("apprenticeships.undo_built_on", count=len(plan.built)))
    trace = plan.trace
    try:
        for some in _some(trace.parties):
            EnrolmentParty.objects.filter(pk__in=some, ends_on__isnull=True).delete()
        for some in _some([row.pk for row in plan.going]):
            StageProgress.objects.filter(enrolment__in=some).delete()
            Enrolment.objects.filter(pk__in=some).delete()
        _end_roles(trace)
        going = {row.person_id for row in plan.going}
        made = [pk for pk in trace.people if pk in going]
        for some in _some([*made, *plan.mentors]):
            Membership.objects.filter(person__in=some).delete()
            Person.objects.filter(pk__in=some).delete()
    except ProtectedError as fault:  # something that this noun does not know of points at them
        count = len({getattr(row, "pk", 0) for row in fault.protected_objects})
        raise Refused(not_now("apprenticeships.undo_built_on", count=count)) from fault
    _put_back(plan.back)
    told = RosterUndone(
        cohort=plan.cohort.public_id,
        removed=[row.public_id for row in plan.going],
        restored=sorted({value.enrolment.public_id for value in plan.back}),
    )
    subject = Ref("apprenticeships", "cohort", plan.cohort.public_id)
    tell(told, by=by, at=at, organisation=plan.cohort.organisation, subject=subject)
    return {"removed": len(plan.going), "restored": len(plan.back), "left": len(plan.left)}


def _some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def _enrolments(ids: Sequence[int]) -> Iterator[Enrolment]:
    for some in _some(ids):
        yield from Enrolment.objects.filter(pk__in=some).select_related("person").order_by("number", "pk")


def _built(going: Sequence[Enrolment], trace: Trace, later: Sequence[Trace]) -> Iterator[tuple[int, str]]:
    """(enrolment, why it cannot be taken away), as far as apprenticeships know."""
    made, own = set(trace.people), set(trace.parties)
    by_person = {row.person_id: row.pk for row in going}
    for row in going:
        if row.state != "active":
            yield row.pk, "ended"
        if row.person_id in made and row.person.last_login is not None:
            yield row.pk, "signed_in"
        elif row.person_id in made and not row.person.password.startswith(UNUSABLE_PASSWORD_PREFIX):
            yield row.pk, "slip"
    for some in _some([row.pk for row in going]):
        passed = (
            StageProgress.objects.filter(enrolment__in=some).exclude(basis="taken_over").exclude(state="open")
        )
        yield from ((pk, "stage") for pk in passed.values_list("enrolment_id", flat=True))
        parties = EnrolmentParty.objects.filter(enrolment__in=some).values_list(
            "enrolment_id", "pk", "ends_on"
        )
        yield from ((pk, "party") for pk, party, ended in parties if party not in own or ended is not None)
    for some in _some([pk for pk in by_person if pk in made]):
        others = Enrolment._base_manager.filter(person__in=some).exclude(cohort=going[0].cohort_id)
        yield from ((by_person[pk], "elsewhere") for pk in others.values_list("person_id", flat=True))
        roles = Membership.objects.filter(person__in=some).exclude(role="apprentice")
        yield from ((by_person[pk], "role") for pk in roles.values_list("person_id", flat=True))
    touched = {change[0] for one in later for change in one.changes}
    yield from ((row.pk, "later") for row in going if row.pk in touched)


def _values(trace: Trace) -> tuple[list[Value], list[Value]]:
    """Values that go back, and those that somebody has changed since (or that belong to others by now)."""
    added = set(trace.enrolments)
    changes = [change for change in trace.changes if change[0] not in added]
    rows = {row.pk: row for row in _enrolments(sorted({change[0] for change in changes}))}
    found = [Value(rows[pk], *rest) for pk, *rest in changes if pk in rows]
    same = [value for value in found if _now(value) == value.after]
    taken = _taken_emails(same)
    back = [value for value in same if value.field != "email" or value.before not in taken]
    going_back = {(value.enrolment.pk, value.field) for value in back}
    return back, [value for value in found if (value.enrolment.pk, value.field) not in going_back]


def _now(value: Value) -> Any:
    if value.field in _OF_THE_PERSON:
        return getattr(value.enrolment.person, value.field)
    if value.field == "enterprise":
        return value.enrolment.enterprise_id
    return value.enrolment.starts_on.isoformat()


def _taken_emails(values: Iterable[Value]) -> set[str]:
    """Addresses of before that have become somebody else's meanwhile."""
    wanted = [
        (value.before, value.enrolment.person_id)
        for value in values
        if value.field == "email" and value.before
    ]
    owners = {
        (email, pk)
        for some in _some(wanted)
        for email, pk in Person.objects.filter(email__in=[email for email, _ in some]).values_list(
            "email", "pk"
        )
    }
    own = set(wanted)
    return {str(email) for email, pk in owners if (email, pk) not in own}


def _idle_mentors(trace: Trace) -> list[int]:
    """Mentors whom the roster brought and who have nothing to do but what it gave them."""
    own, idle = set(trace.parties), set(trace.mentors)
    for some in _some(trace.mentors):
        busy = EnrolmentParty.objects.filter(person__in=some).values_list("person_id", "pk", "ends_on")
        idle -= {pk for pk, party, ended in busy if party not in own or ended is not None}
        known = Q(last_login__isnull=False) | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        idle -= set(Person.objects.filter(known, pk__in=some).values_list("pk", flat=True))
        roles = Membership.objects.filter(person__in=some).exclude(role="mentor", ends_on__isnull=True)
        idle -= set(roles.values_list("person_id", flat=True))
        idle -= set(Enrolment._base_manager.filter(person__in=some).values_list("person_id", flat=True))
    return sorted(idle)


def _end_roles(trace: Trace) -> None:
    """Roles that people known before got by the roster, unless they need them for something else by now."""
    for person, place, role in trace.roles:
        held = Membership.objects.filter(person=person, organisation=place, role=role, ends_on__isnull=True)
        if role == "apprentice":
            needed = Enrolment._base_manager.filter(person=person, cohort__organisation=place).exists()
        else:
            needed = EnrolmentParty.objects.filter(person=person, role=role, ends_on__isnull=True).exists()
        if not needed:
            held.delete()


def _put_back(values: Sequence[Value]) -> None:
    people: dict[int, Person] = {}
    rows: dict[int, Enrolment] = {}
    for value in values:
        if value.field in _OF_THE_PERSON:
            person = people.setdefault(value.enrolment.person_id, value.enrolment.person)
            setattr(person, value.field, value.before)
            continue
        row = rows.setdefault(value.enrolment.pk, value.enrolment)
        if value.field == "enterprise":
            row.enterprise_id = value.before
        else:
            row.starts_on = date.fromisoformat(value.before)
    Person.objects.bulk_update(people.values(), list(_OF_THE_PERSON), batch_size=AT_ONCE)
    Enrolment.objects.bulk_update(rows.values(), ["enterprise", "starts_on"], batch_size=AT_ONCE)
