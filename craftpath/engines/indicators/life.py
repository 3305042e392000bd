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
    """A row of a life table; `survival`, `staying` and `completing` hold at its end."""

    quarter: int
    at: int
    completed: int
    left: int
    survival: Fraction
    staying: Fraction
    completing: Fraction
    error: float

    @property
    def bounds(self) -> tuple[float, float]:
        """An interval of 95 % around survival, within 0 and 1."""
        middle = float(self.survival)
        return max(0.0, middle - Z * self.error), min(1.0, middle + Z * self.error)


def life_table(at: Sequence[int], completed: Sequence[int], left: Sequence[int]) -> list[Quarter]:
    """The table up to the last quarter that anybody was at risk in; none after a quarter without anybody."""
    rows: list[Quarter] = []
    survival = staying = Fraction(1)
    completing = Fraction(0)
    greenwood = 0.0
    for index, (there, done, gone) in enumerate(zip(at, completed, left, strict=True)):
        if not there:
            break
        completing += survival * Fraction(done, there)
        survival *= Fraction(there - done - gone, there)
        staying *= Fraction(there - gone, there)
        ended = done + gone
        greenwood += ended / (there * (there - ended)) if there > ended else 0.0
        error = float(survival) * sqrt(greenwood)
        rows.append(Quarter(index + 1, there, done, gone, survival, staying, completing, error))
    return rows


def projected(rows: Sequence[Quarter]) -> tuple[Fraction, float] | None:
    """Projected completion and its error; None where more than `OPEN` are still there at the end of the table.

    Nobody knows what becomes of these, and taking them for people who never complete would be an invention.
    """
    if not rows or rows[-1].survival > OPEN:
        return None
    return rows[-1].completing, _incidence_error(rows)


def retention(rows: Sequence[Quarter], quarters: int) -> tuple[Fraction, float] | None:
    """The share not left early after so many quarters, with its error; None where nobody has come so far."""
    if len(rows) < quarters and (not rows or rows[-1].survival > 0):
        return None
    seen = rows[:quarters]
    variance = sum(row.left / (row.at * (row.at - row.left)) for row in seen if row.at > row.left)
    return seen[-1].staying, float(seen[-1].staying) * sqrt(variance)


def _incidence_error(rows: Sequence[Quarter]) -> float:
    """The error of the cumulative incidence of completing among two ways to end, by the delta method.

    Each quarter is multinomial given its risk set; F depends on its two hazards by S_(t-1)·h_c and by what follows.
    """
    whole, variance, before = float(rows[-1].completing), 0.0, 1.0
    for row in rows:
        stays = (row.at - row.completed - row.left) / row.at
        completes, leaves = row.completed / row.at, row.left / row.at
        ahead = (whole - float(row.completing)) / stays if stays > 0 else 0.0
        by_completing, by_leaving = before - ahead, -ahead
        mean = by_completing * completes + by_leaving * leaves
        square = by_completing**2 * completes + by_leaving**2 * leaves
        variance += (square - mean**2) / row.at
        before = float(row.survival)
    return sqrt(max(variance, 0.0))
