"""Rounding as it is done by hand: once, from the exact value, a half goes up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction, places: int) -> Decimal:
    """The value with exactly this many decimal places: 2.5 becomes 3, 2.25 with one place 2.3."""
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # Built from its digits: arithmetic with decimals would round a long figure once more.
    return Decimal((int(whole < 0), tuple(int(digit) for digit in str(abs(whole))), -places))


def mean(figures: Sequence[Decimal], places: int) -> Decimal | None:
    """The mean of printed figures, rounded once; None for none, since undefined is not zero."""
    return half_up(sum(map(Fraction, figures), Fraction(0)) / len(figures), places) if figures else None
