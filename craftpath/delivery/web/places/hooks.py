"""What else a public page shows: a room that has something to show to everybody registers it here.

    @public_part(_("Workshops"))
    def workshops(organisation: Organisation, today: date) -> list[PublicLine]: …

Whoever registers answers for it: nothing private, no names of people without their consent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One thing that everybody may read."""

    label: str
    note: str = ""
    url: str = ""


Part = Callable[["Organisation", date], list[PublicLine]]
PARTS: dict[Part, Any] = {}


def public_part(title: Any) -> Callable[[Part], Part]:
    """Register a part under this title."""

    def register(part: Part) -> Part:
        PARTS[part] = title
        return part

    return register


def parts_of(organisation: Organisation, today: date) -> list[tuple[str, list[PublicLine]]]:
    """(title, lines) of everything that has some."""
    found = [(str(title), part(organisation, today)) for part, title in PARTS.items()]
    return [(title, lines) for title, lines in found if lines]
