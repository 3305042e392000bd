"""Who signs in at an organisation: narrowed by cohort, role, state and words, with what each line says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.apprenticeships import queries
from craftpath.kernel.access import Membership
from craftpath.kernel.factors import with_factors
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.signin import may_reset, memberships_of, open_memberships, people_of
from craftpath.values.verdict import Verdict

STATES = {
    "none": _("No password yet"),
    "slip": _("Slip not used yet"),
    "own": _("Signs in"),
}
_UNUSABLE = Q(password__startswith="!") | Q(password="")  # noqa: S106  (nobody's password: the mark of having none)
_IN_STATE = {
    "none": _UNUSABLE,
    "slip": ~_UNUSABLE & Q(must_change_password=True),
    "own": ~_UNUSABLE & Q(must_change_password=False),
}


@dataclass(frozen=True)
class Line:
    """One person of the list; `reset` says whether a slip may be made, `state` is a key of `STATES`.

    `cohorts` are names as JSON.
    """

    person: Person
    roles: list[str]
    cohorts: list[Mapping[str, str]]
    state: str
    reset: Verdict
    leaves: date | None = None
    factor: bool = False


def state_of(person: Person) -> str:
    """Whether somebody can sign in, and with whose password."""
    if not person.has_usable_password():
        return "none"
    return "slip" if person.must_change_password else "own"


# What a line says of a person, and what its state and the right to reset are told by.
_SHOWN = (
    *("public_id", "name", "name_latin", "username", "email", "last_login"),
    *("password", "must_change_password", "is_active"),
)


def people(request: Request, wanted: Mapping[str, str], cohort: Any | None) -> QuerySet[Person]:
    """The people whom the filters leave; an unknown word in a filter leaves everybody."""
    found = people_of(request.organisation, request.today).only(*_SHOWN)
    if cohort is not None:
        here = queries.enrolments().filter(cohort=cohort, state="active")
        found = found.filter(pk__in=here.order_by().values("person_id"))
    if wanted.get("role") in set(Role):
        inside = open_memberships(request.today).filter(
            organisation__in=request.organisation.below(), role=wanted["role"]
        )
        found = found.filter(pk__in=inside.order_by().values("person_id"))
    if wanted.get("state") in _IN_STATE:
        found = found.filter(_IN_STATE[wanted["state"]])
    words = wanted.get("q", "").strip().replace("\x00", "")[:80]
    if words:
        found = found.filter(
            Q(name__icontains=words)
            | Q(name_latin__icontains=words)
            | Q(username__icontains=words)
            | Q(email__icontains=words)
        )
    return found


def lines(request: Request, page: Iterable[Person]) -> list[Line]:
    """What the list says of these people; three queries however many."""
    page = list(page)
    held = memberships_of(page, request.today)
    cohorts: dict[int, list[Mapping[str, str]]] = {}
    learning = queries.enrolments().filter(person__in=[person.pk for person in page], state="active")
    for person_id, name in learning.values_list("person_id", "cohort__name"):
        cohorts.setdefault(person_id, []).append(name)
    path = request.organisation.path
    safer = with_factors(page)
    return [
        Line(
            person=person,
            roles=list(
                dict.fromkeys(
                    row.role for row in held.get(person.pk, []) if row.organisation.path.startswith(path)
                )
            ),
            cohorts=cohorts.get(person.pk, []),
            state=state_of(person),
            reset=may_reset(request.actor, person, held.get(person.pk, [])),
            leaves=_leaves(row for row in held.get(person.pk, []) if row.organisation.path.startswith(path)),
            factor=person.pk in safer,
        )
        for person in page
    ]


def _leaves(rows: Iterable[Membership]) -> date | None:
    """The day from which nothing here is open to the person any more, if one is set for every role."""
    ends = [row.ends_on for row in rows]
    days = [day for day in ends if day is not None]
    return max(days) if days and len(days) == len(ends) else None
