"""Who may be chosen: teachers with their load beside the name, by place; apprentices; staff who learn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.pairing.saying import of_most
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.pairing.loads import TEACHING_ROLES, Load, loads, places_of, seats
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

ROLES_OF = {"master_apprentice": (Role.MENTOR,), "college_tutor": (Role.TRAINER,)}
"""Who teaches in a pair of a kind; in every other whoever has one of the two roles."""

Choice = tuple[str, str]
Groups = list[tuple[str, list[Choice]]]


class Teachers:
    """The people who may teach, by the key under which a form names them."""

    def __init__(self, request: Request, kind: str, first: Organisation | None = None) -> None:
        places = list(places_of(request.organisation))
        if first is not None:  # where the apprentice works comes first
            places.sort(key=lambda place: place.pk != first.pk)
        found = seats(places, request.today, ROLES_OF.get(kind, TEACHING_ROLES))
        order = {place.pk: n for n, place in enumerate(places)}
        self.loads = loads(sorted(found, key=lambda seat: order[seat[0].pk]), request.today)
        self.known: dict[str, tuple[Person, Organisation]] = {
            _key(load): (load.person, load.place) for load in self.loads
        }

    def choices(self, *, loads: bool = True) -> Groups:
        """Grouped by place; with "3 of 8" beside each name."""
        groups: dict[str, list[Choice]] = {}
        for load in self.loads:
            said = _said(load) if loads else load.person.name
            groups.setdefault(text(load.place.name), []).append((_key(load), said))
        return list(groups.items())


def _key(load: Load) -> str:
    return f"{load.place.key}:{load.person.public_id}"


def _said(load: Load) -> str:
    facts = {"name": load.person.name, "load": of_most(load)}
    if load.standing == "free":
        return _("%(name)s · %(load)s") % facts
    return _("%(name)s · %(load)s, full") % facts


def apprentices(request: Request) -> dict[str, Enrolment]:
    """Active apprentices of the reader's scope, by public id."""
    return {row.public_id: row for row in enrolments().filter(state="active")}


def apprentice_choices(rows: Iterable[Enrolment]) -> Groups:
    """Grouped by cohort, by number."""
    groups: dict[str, list[Choice]] = {}
    for row in rows:
        where = f" · {text(row.enterprise.name)}" if row.enterprise else ""
        said = f"{row.person.name} · {row.number}{where}"
        groups.setdefault(text(row.cohort.name), []).append((row.public_id, said))
    return list(groups.items())


def with_none(groups: Groups, words: str) -> list[Any]:
    """The same with an empty choice before all others."""
    return [("", words), *groups]
