"""What those asked voted, side by side: apprentices as numbers only, and none while they are few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from craftpath.domain.curricula.models import SIDES, VOTES, Reviewer
from craftpath.domain.curricula.rules import APPRENTICES_FLOOR


@dataclass(frozen=True, slots=True)
class Side:
    """One side: how many were asked and have voted, and the votes; `hidden` where too few voted to show them."""

    side: str
    asked: int
    voted: int
    agree: int
    changes: int
    against: int
    hidden: bool

    @property
    def missing(self) -> int:
        """Who was asked and has not voted."""
        return self.asked - self.voted


def tally(reviewers: Iterable[Reviewer]) -> list[Side]:
    """Each side that was asked, in a fixed order."""
    rows = list(reviewers)
    return [_side(side, [row for row in rows if row.side == side]) for side in SIDES if _any(rows, side)]


def _any(rows: list[Reviewer], side: str) -> bool:
    return any(row.side == side for row in rows)


def _side(side: str, rows: list[Reviewer]) -> Side:
    votes = Counter(row.vote for row in rows if row.vote)
    voted = sum(votes.values())
    hidden = side == "apprentices" and voted < APPRENTICES_FLOOR
    agree, change, against = (0, 0, 0) if hidden else (votes[one] for one in VOTES)
    return Side(side, len(rows), voted, agree, change, against, hidden)
