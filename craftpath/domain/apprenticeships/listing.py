"""Lists that are read onwards from a row, however long they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import enrolments

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def at_enterprises(places: Sequence[int], after: str, most: int) -> tuple[list[Enrolment], str]:
    """The active apprentices at these enterprises whom the reader sees, by number, after the one that `after` names.

    With the name of the last one where there are more, else "". One query, read in the order of its index.
    """
    rows = enrolments().filter(enterprise__in=places, state="active")
    number, _, pk = after.rpartition("-")
    if number and pk.isascii() and pk.isdecimal() and len(pk) < 18:
        rows = rows.filter(number__gte=number).exclude(number=number, pk__lte=int(pk))
    found = list(rows[: most + 1])
    last = f"{found[most - 1].number}-{found[most - 1].pk}" if len(found) > most else ""
    return found[:most], last
