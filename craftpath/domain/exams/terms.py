"""The rule of re-sits: who may sit again, how often, and which of several attempts counts.

Shares are fractions of all points of the form that was answered, from 0 to 1. Nothing here looks at a table, so that
the rule can be read, and tested, by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

SITS_AGAIN = ("failed", "excused", "absent")
"""Who may: below the pass mark only; also who was absent with a reason; also who was absent without one."""
COUNTS = ("best", "last", "capped")
"""Which mark counts: the best, the last, or the best where a re-sit gives no more than the pass mark."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a sitting and its re-sits."""

    pass_percent: Decimal = Decimal(60)
    most_resits: int = 1
    resit_for: str = "excused"
    resit_counts: str = "best"

    @property
    def passes(self) -> Fraction:
        """The share of the points from which on one has passed."""
        return Fraction(self.pass_percent) / 100


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: at the first sitting (number 0) or a re-sit; `share` is None for who was absent."""

    number: int
    share: Fraction | None
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of several attempts: the place of one in their row, its share, whether the rule lowered it.

    Place and share are None for who was never there.
    """

    place: int | None = None
    share: Fraction | None = None
    capped: bool = False


def counted(attempts: Sequence[Attempt], terms: Terms) -> Counted:
    """Which attempt counts. An absence never takes away what there is; of equal ones the earlier counts.

    Whoever missed everything before with a reason sits for the first time: that attempt is not capped.
    """
    sat = [place for place, one in enumerate(attempts) if one.share is not None]
    if not sat:
        return Counted()
    shares = {place: _worth(attempts, place, terms) for place in sat}
    place = sat[-1] if terms.resit_counts == "last" else max(sat, key=lambda one: (shares[one], -one))
    return Counted(place, shares[place], shares[place] != attempts[place].share)


def _worth(attempts: Sequence[Attempt], place: int, terms: Terms) -> Fraction:
    share = attempts[place].share or Fraction(0)
    again = any(one.share is not None or not one.excused for one in attempts[:place])
    return min(share, terms.passes) if terms.resit_counts == "capped" and again else share


def used(attempts: Sequence[Attempt]) -> int:
    """How many re-sits were used up: an absence with a reason uses up none."""
    return sum(one.number > 0 and not (one.share is None and one.excused) for one in attempts)


def why_again(attempts: Sequence[Attempt], terms: Terms) -> str:
    """Why somebody may sit again: `below`, `excused` or `absent`.

    Else why not: `no_passed`, `no_excused`, `no_absent` (the rule is not for these), `no_more` (all used up).
    """
    found = counted(attempts, terms)
    if found.share is not None:
        why = "below" if found.share < terms.passes else "no_passed"
    elif any(one.excused for one in attempts):
        why = "no_excused" if terms.resit_for == "failed" else "excused"
    else:
        why = "absent" if terms.resit_for == "absent" else "no_absent"
    if not why.startswith("no_") and used(attempts) >= terms.most_resits:
        return "no_more"
    return why
