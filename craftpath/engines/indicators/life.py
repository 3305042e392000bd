"""Life tables: who was there in each quarter, who completed in it, who left, and what that says of those still there.

Quarter t has a risk set `at`, of whom so many `completed` and `left` in it. The hazards are their shares of the risk
set; survival S_t is the product of (1 - hazard of completing - hazard of leaving) so far. Projected completion is the
sum of S_(t-1) times the hazard of completing; retention after k quarters is the product of (1 - hazard of leaving).
Everything is worked out in whole numbers and rounded once, half up. Errors are Greenwood's, of retention and of
survival; of projected completion that of the cumulative incidence by the delta method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

Z = 1.959963984540054
OPEN = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A row of a life table, holding at its end; its shares are whole numbers over the product of all risk sets."""

    quarter: int
    at: int
    completed: int
    left: int
    whole: int
    surviving: int
    kept: int
    done: int
    greenwood: float

    @property
    def survival(self) -> Fraction:
        """Who neither completed nor left."""
        return Fraction(self.surviving, self.whole)

    @property
    def staying(self) -> Fraction:
        """Who did not leave, were leaving the only way to end."""
        return Fraction(self.kept, self.whole)

    @property
    def completing(self) -> Fraction:
        """Who has completed."""
        return Fraction(self.done, self.whole)

    @property
    def error(self) -> float:
        """Greenwood's error of survival."""
        return self.surviving / self.whole * sqrt(self.greenwood)

    @property
    def bounds(self) -> tuple[float, float]:
        """An interval of 95 % around survival, within 0 and 1."""
        middle = self.surviving / self.whole
        return max(0.0, middle - Z * self.error), min(1.0, middle + Z * self.error)


def life_table(at: Sequence[int], completed: Sequence[int], left: Sequence[int]) -> list[Quarter]:
    """The table up to the last quarter that anybody was at risk in; none after a quarter without anybody."""
    rows: list[Quarter] = []
    whole = surviving = kept = 1
    ever, greenwood = 0, 0.0
    for index, (there, done, gone) in enumerate(zip(at, completed, left, strict=True)):
        if not there:
            break
        ever = ever * there + surviving * done
        whole *= there
        surviving *= there - done - gone
        kept *= there - gone
        ended = done + gone
        greenwood += ended / (there * (there - ended)) if there > ended else 0.0
        rows.append(Quarter(index + 1, there, done, gone, whole, surviving, kept, ever, greenwood))
    return rows


def projected(rows: Sequence[Quarter]) -> tuple[Fraction, float] | None:
    """Projected completion and its error; None where more than `OPEN` are still there at the end of the table.

    Nobody knows what becomes of these, and taking them for people who never complete would be an invention.
    """
    if not rows or rows[-1].surviving * OPEN.denominator > rows[-1].whole * OPEN.numerator:
        return None
    return rows[-1].completing, _incidence_error(rows)


def retention(rows: Sequence[Quarter], quarters: int) -> tuple[Fraction, float] | None:
    """The share not left early after so many quarters, with its error; None where nobody has come so far."""
    if len(rows) < quarters and (not rows or rows[-1].surviving > 0):
        return None
    seen = rows[:quarters]
    variance = sum(row.left / (row.at * (row.at - row.left)) for row in seen if row.at > row.left)
    return seen[-1].staying, seen[-1].kept / seen[-1].whole * sqrt(variance)


def _incidence_error(rows: Sequence[Quarter]) -> float:
    """The error of the cumulative incidence of completing among two ways to end, by the delta method.

    Each quarter is multinomial given its risk set; F depends on its two hazards by S_(t-1)·h_c and by what follows.
    """
    ever, variance, before = rows[-1].done / rows[-1].whole, 0.0, 1.0
    for row in rows:
        stays = (row.at - row.completed - row.left) / row.at
        completes, leaves = row.completed / row.at, row.left / row.at
        ahead = (ever - row.done / row.whole) / stays if stays > 0 else 0.0
        by_completing, by_leaving = before - ahead, -ahead
        mean = by_completing * completes + by_leaving * leaves
        square = by_completing**2 * completes + by_leaving**2 * leaves
        variance += (square - mean**2) / row.at
        before = row.surviving / row.whole
    return sqrt(max(variance, 0.0))
