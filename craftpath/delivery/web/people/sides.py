"""What is shown of a person beside a record that may be the same one: enough to decide by, nothing in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.people.listing import STATES, state_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.kernel.access import Membership
from craftpath.kernel.people import Person
from craftpath.kernel.twins.keys import latin_key, mail_key, masked, name_key, phone_key
from craftpath.kernel.twins.rules import Held, memberships_ever
from craftpath.kernel.twins.tables import Twins

WHY = {
    "number": _("same number at the same college"),
    "email": _("same e-mail address"),
    "phone": _("same telephone number"),
    "name_birth": _("same name and date of birth"),
    "name": _("same name at the same organisation"),
    "by_hand": _("compared by hand"),
}
STRENGTH = {
    3: pgettext_lazy("how alike two records are", "strong"),
    2: pgettext_lazy("how alike two records are", "likely"),
    1: pgettext_lazy("how alike two records are", "possible"),
}
TONES = {3: "attention", 2: "info", 1: "plain"}


@dataclass(frozen=True)
class Side:
    """One record. `roles` are those at the reader's organisation and below; `elsewhere`: there are others."""

    person: Person
    roles: Sequence[Membership]
    elsewhere: bool
    cohorts: Sequence[Any]
    state: Any

    @property
    def seats(self) -> list[tuple[str, Any]]:
        """(role, organisation), each once, of past ones too."""
        return list(dict.fromkeys((row.role, row.organisation) for row in self.roles))

    @property
    def phone(self) -> str:
        """Enough of it to be recognised."""
        return masked(phone_key(self.person.phone))

    @property
    def email(self) -> str:
        """The same."""
        return masked(self.person.email or "")

    @property
    def signs_in(self) -> bool:
        """Whether the person has a password of the own choosing."""
        return state_of(self.person) == "own"


def sides_of(request: Request, people: Iterable[Person], held: Held) -> dict[int, Side]:
    """person id → what is shown; one query however many."""
    people, path = list(people), request.organisation.path
    learning: dict[int, list[Any]] = {}
    rows = enrolments().filter(person__in=[one.pk for one in people]).select_related("cohort")
    for row in rows.order_by("starts_on", "pk"):
        learning.setdefault(row.person_id, []).append(row)
    shown = {}
    for one in people:
        inside = [row for row in held.get(one.pk, ()) if row.organisation.path.startswith(path)]
        elsewhere = len(inside) < len(held.get(one.pk, ()))
        shown[one.pk] = Side(one, inside, elsewhere, learning.get(one.pk, []), STATES[state_of(one)])
    return shown


def suggested(first: Side, second: Side) -> Side:
    """The record that is better kept: the one that signs in, else the one with roles for longer."""

    def weight(side: Side) -> tuple[bool, bool, float, int]:
        last = side.person.last_login
        return side.signs_in, last is not None, last.timestamp() if last else 0.0, -side.person.pk

    return max(first, second, key=weight)


def compared(one: Person, other: Person) -> list[tuple[Any, bool]]:
    """What both records say → whether they say the same; what one of them does not say is left out."""
    told = (
        (_("Name"), name_key(one.name), name_key(other.name)),
        (_("Name in Latin letters"), latin_key(one.name_latin), latin_key(other.name_latin)),
        (_("Telephone"), phone_key(one.phone), phone_key(other.phone)),
        (_("E-mail"), mail_key(one.email or ""), mail_key(other.email or "")),
        (_("Date of birth"), one.birth_date, other.birth_date),
    )
    return [(label, first == second) for label, first, second in told if first and second]


def why(pair: Twins) -> list[Any]:
    """Why they are shown beside each other, in words."""
    return [WHY[one] for one in pair.reasons if one in WHY]


def with_roles(pairs: Iterable[Twins]) -> Mapping[int, list[Membership]]:
    """Every role of all these people; one query."""
    return memberships_ever({one.pk: one for pair in pairs for one in (pair.first, pair.second)}.values())
