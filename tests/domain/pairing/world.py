"""People and short ways for the tests of pairs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from craftpath.domain.pairing.actions import form_pair
from craftpath.domain.pairing.models import Pair
from craftpath.domain.pairing.rules import Wanted
from craftpath.kernel.access import system
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def somebody(name: str) -> Person:
    return Person.objects.create_user(f"p-{Person.objects.count()}", password="x", name=name)


def of(cast: Cast, number: str, teacher: Person, **more: Any) -> Wanted:
    """A bond to an apprentice of the cast, taught where the apprentice works."""
    row = cast.enrolments[number]
    return Wanted(teacher, row.person, row.enterprise or cast.college, row, **more)


def among(cast: Cast, teacher: Person, learner: Person, **more: Any) -> Wanted:
    """A bond between two people of an enterprise."""
    return Wanted(teacher, learner, cast.jinheng, None, **more)


def formed(
    cast: Cast, *wanted: Wanted, kind: str = "master_apprentice", on: date = TODAY, **more: Any
) -> Pair:
    by = more.pop("by", None) or system(cast.college)
    return form_pair(kind, wanted, organisation=cast.college, starts_on=on, by=by, at=AT, **more)
