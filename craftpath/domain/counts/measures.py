"""What is counted, and from which day on an open thing is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

EVER: Final = date(1970, 1, 1)
"""The day of what counts on every day."""

COLLEGE, HOST, STAFF = "college", "host", "staff"
SIDES = (COLLEGE, HOST, STAFF)
"""Counted where apprentices are taught, where they work, and where somebody has a role."""

PEOPLE, RESULTS, SHOWN, GAP, ROLE, MEMBERS = "people", "results", "shown", "gap", "role", "members"
"""Active apprentices by stage; results by how they stand; the same without cells of fewer than five; gaps by kind;
roles; people with a role, each once a place."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of gap: it is late once more than `days` have passed since its day."""

    key: str
    days: int
    weight: int  # of two that are late for equally long the heavier one comes first

    def late_since(self, today: date) -> date:
        """The last day whose gap is late today."""
        return today - timedelta(days=self.days + 1)


ALONE = Kind("alone", -1, 40)
REVIEW = Kind("review", 0, 20)
QUIET = Kind("quiet", 14, 30)
LOG = Kind("log", 7, 10)
KINDS = {kind.key: kind for kind in (ALONE, QUIET, REVIEW, LOG)}
