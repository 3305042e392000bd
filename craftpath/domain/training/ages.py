"""How old apprentices are, as far as the record knows; the one place where it is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def births(people: Iterable[Enrolment]) -> dict[int, date]:
    """enrolment id → birth date; whose is not recorded is left out, and then nothing is said about the age."""
    known = {row.pk: getattr(row.person, "birth_date", None) for row in people}
    return {who: day for who, day in known.items() if isinstance(day, date)}
