"""A person's record, gathered from every noun that knows something of a learner; whoever opens a scope decides what.

Each kind of entries has one function under its section's key, in `training.py`, `doing.py` and `proving.py`. What
several of them need is read once. The number of queries does not grow with what there is, only with the cohorts whose
skills are asked, of which there are `MOST_COHORTS` at most.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q

from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.pairing.queries import bonds
from craftpath.domain.passport.brought import entries_of
from craftpath.domain.passport.queries import arrivals_of
from craftpath.domain.passport.record import SECTIONS, Entry, Record, section
from craftpath.kernel.tenancy import Scope, looking_for

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.pairing.models import Bond
    from craftpath.kernel.people import Person


@dataclass(frozen=True)
class Asked:
    """Of whom, and on which day."""

    person: Person
    today: date

    @cached_property
    def enrolments(self) -> list[Enrolment]:
        """The own ones, the newest first, with everybody who ever worked with them."""
        return list(enrolments_of(self.person).prefetch_related("parties__person"))

    @cached_property
    def bonds(self) -> list[Bond]:
        """Those in which the person learns or teaches, of pairs that hold or held."""
        rows = bonds().filter(Q(learner=self.person) | Q(teacher=self.person))
        return list(rows.select_related("teacher", "place", "pair__organisation").order_by("starts_on", "pk"))


Provider = Callable[[Asked], Iterable[Entry]]
PROVIDERS: dict[str, Provider] = {}


def gives(key: str) -> Callable[[Provider], Provider]:
    """Register whoever reads a section; a section has one provider."""

    def register(provider: Provider) -> Provider:
        if key not in SECTIONS or PROVIDERS.setdefault(key, provider) is not provider:
            raise TypeError(f"{key} is no section, or is read already")
        return provider

    return register


def record_of(person: Person, today: date, keys: Collection[str] = SECTIONS) -> Record:
    """The record in these sections: what a person sees of oneself at every organisation, and what was brought along."""
    asked = Asked(person, today)
    with looking_for(Scope(person_id=person.pk)):
        found = {key: list(PROVIDERS[key](asked)) for key in SECTIONS if key in keys and key in PROVIDERS}
        for arrival in arrivals_of(person).filter(state="kept"):
            for key, entry in entries_of(arrival, today):
                if key in keys:
                    found.setdefault(key, []).append(entry)
    sections = tuple(section(key, found[key]) for key in SECTIONS if found.get(key))
    return Record(person.name, person.name_latin, today, sections)
