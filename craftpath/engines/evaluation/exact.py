"""Decimals as scaled integers and back, without a context that could round on the way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def places_of(value: Decimal) -> int:
    """Decimal places that the value needs: 85.50 needs 1, 1E+2 needs 0."""
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"not a finite number: {value}")
    last = next((index for index, digit in enumerate(reversed(digits)) if digit), 0)
    return max(0, -(exponent + last)) if any(digits) else 0


def scaled(value: Decimal, places: int) -> int:
    """The value times 10**places; ValueError if that is not whole."""
    whole, rest = divmod(Fraction(value) * 10**places, 1)
    if rest:
        raise ValueError(f"{value} has more than {places} decimal places")
    return int(whole)


def as_decimal(figure: int, places: int) -> Decimal:
    """An integer scaled by 10**places as a decimal with exactly that many places."""
    sign, digits = int(figure < 0), tuple(int(digit) for digit in str(abs(figure)))
    return Decimal((sign, digits, -places))
