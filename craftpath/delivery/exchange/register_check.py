"""A roster's plan held against the rest of the register: what a dry run on plain values cannot know.

Codes: `roster.email_taken`, `roster.email_twice`, `roster.person_here_already` stop the import;
`roster.stage_stays` and `roster.known_elsewhere` are remarks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.book import Remark
from craftpath.delivery.exchange.knowledge import RosterRegister
from craftpath.delivery.exchange.plans import CellError, Effect, Link, RosterPlan, RosterRow
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.kernel.people import Person

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment

_AT_ONCE = 500
"""How many values one question to the database names at most."""


def against_register(plan: RosterPlan, register: RosterRegister, cohort: Cohort) -> RosterPlan:
    """The plan with what the rest of the register adds to it; a constant number of queries a 500 rows."""
    if not plan.rows:
        return plan
    elsewhere = _elsewhere(cohort, [row.number for row in plan.added])
    rows, remarks = [], []
    for row in plan.rows:
        settled, said = _settled(row, register)
        rows.append(settled)
        remarks += said
    remarks += [
        _remark(row, "number", "roster.known_elsewhere", number=row.number, name=found.person.name)
        for row in plan.added
        if (found := elsewhere.get(row.number))
    ]
    errors = [*_same_person(plan.added, elsewhere, register), *_emails(plan.rows, elsewhere, register)]
    return replace(
        plan,
        rows=tuple(rows),
        errors=(*plan.errors, *errors),
        remarks=(*remarks, *plan.remarks),
    )


def _settled(row: RosterRow, register: RosterRegister) -> tuple[RosterRow, list[Remark]]:
    """Drop changes that would be none: a mentor who is there already, a stage that only a decision changes."""
    changes, remarks = [], []
    for change in row.changes:
        if change.field == "mentor" and _is_mentor(row, register):
            continue
        if change.field == "stage":
            facts = {"number": row.number, "given": change.after, "known": change.before}
            remarks.append(_remark(row, "stage", "roster.stage_stays", **facts))
            continue
        changes.append(change)
    if len(changes) == len(row.changes):
        return row, remarks
    return replace(row, changes=tuple(changes), effect=Effect.CHANGE if changes else Effect.SAME), remarks


def _is_mentor(row: RosterRow, register: RosterRegister) -> bool:
    link = row.values["mentor"]
    held = register.mentors.get(row.public_id, frozenset())
    if not isinstance(link, Link):
        return False
    host = row.values.get("enterprise")
    local = f"{host.key}-{link.number or link.name}" if isinstance(host, Link) else ""
    return bool(held & {link.key, local} - {""})


def _elsewhere(cohort: Cohort, numbers: Sequence[str]) -> dict[str, Enrolment]:
    """Numbers that the college knows from another cohort: the same person is enrolled here too."""
    found: dict[str, Enrolment] = {}
    for some in _some(numbers):
        rows = enrolments().filter(cohort__organisation__in=cohort.organisation.below(), number__in=some)
        found.update((row.number, row) for row in rows.exclude(cohort=cohort))
    return found


def _same_person(
    added: Iterable[RosterRow], elsewhere: dict[str, Enrolment], register: RosterRegister
) -> Iterable[CellError]:
    """Somebody known elsewhere by this number stands in the cohort already, by another one."""
    here = set(register.person_ids.values())
    for row in added:
        known = elsewhere.get(row.number)
        if known is None:
            continue
        if known.person_id in here:
            yield _error(row, "number", row.number, "roster.person_here_already", name=known.person.name)
        here.add(known.person_id)


def _emails(
    rows: Iterable[RosterRow], elsewhere: dict[str, Enrolment], register: RosterRegister
) -> Iterable[CellError]:
    """An e-mail address signs one person in, so two people cannot have the same."""
    given = [(row, str(row.values["email"])) for row in rows if row.values.get("email")]
    owners: dict[str, int] = {}
    for some in _some([email for _, email in given]):
        owners.update(
            (email.lower(), pk)
            for email, pk in Person.objects.filter(email__in=some).values_list("email", "pk")
            if email
        )
    first: dict[str, str] = {}
    for row, email in given:
        known = elsewhere.get(row.number)
        own = register.person_ids.get(row.public_id) or (known.person_id if known else None)
        if email in first:
            yield _error(row, "email", email, "roster.email_twice", first=first[email])
        elif owners.get(email, own) != own:
            yield _error(row, "email", email, "roster.email_taken")
        first.setdefault(email, row.cells["email"])


def _error(row: RosterRow, field: str, given: str, code: str, **facts: Any) -> CellError:
    return CellError(row.sheet, row.cells[field], field, given, code, facts)


def _remark(row: RosterRow, field: str, code: str, **facts: Any) -> Remark:
    return Remark(code, facts, row.sheet, row.cells[field])


def _some(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
