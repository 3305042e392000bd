"""Records that tests of doubles make."""

from __future__ import annotations

from datetime import date
from typing import Any

from craftpath.kernel.access import Actor, join, system
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.twins.merging import merge_people
from craftpath.kernel.twins.tables import Merge
from tests.cast import AT


def a_record(name: str, place: Organisation, role: Role = Role.MENTOR, **values: Any) -> Person:
    """A person with a role since last year."""
    count = Person.objects.count()
    person = Person.objects.create_user(f"record-{count}", name=name, **values)
    join([person], place, role, on=date(2026, 1, 1))
    return person


def merged(stays: Person, goes: Person, by: Actor | None = None) -> Merge:
    """One into the other."""
    row = merge_people(stays, goes, because="same person", by=by or system(), at=AT)
    stays.refresh_from_db()
    goes.refresh_from_db()
    return row
