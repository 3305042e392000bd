"""Money: whole minor units of one currency. It is added, split and multiplied without losing a cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

_TWO = """AED ALL AMD AUD AZN BAM BDT BGN BOB BRL BWP BYN CAD CHF CNY COP CRC CZK DKK DOP DZD EGP ETB EUR GBP GEL
GHS GTQ HKD HUF IDR ILS INR IRR JMD KES KGS KHR KZT LAK LBP LKR MAD MDL MKD MMK MNT MOP MUR MWK MXN MYR MZN NAD NGN
NOK NPR NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TJS TMT TRY TTD TWD TZS UAH USD UYU UZS YER ZAR ZMW"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
MINOR_DIGITS = {
    code: digits for digits, codes in ((2, _TWO), (0, _NONE), (3, _THREE)) for code in codes.split()
}
"""Decimal places between a currency's unit and its minor unit (ISO 4217): 2 for CNY, 0 for JPY, 3 for BHD."""


class CurrencyUnknown(ValueError):  # noqa: N818  (the name says what is wrong)
    """No currency has this code."""


class CurrenciesDiffer(ValueError):  # noqa: N818
    """Amounts of two currencies neither add up nor compare."""


def minor_digits(currency: str) -> int:
    """How many decimal places an amount of this currency has; CurrencyUnknown for a code that is none."""
    try:
        return MINOR_DIGITS[currency]
    except KeyError:
        raise CurrencyUnknown(currency) from None


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount: 420000 CNY are 4,200.00 yuan. A counter-line is negative."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        minor_digits(self.currency)
        if type(self.minor) is not int:
            raise TypeError("money is a whole number of minor units")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrenciesDiffer(f"{self.currency} {other.currency}")
        return other.minor

    def times(self, factor: Fraction) -> Money:
        """The product, rounded once: a half goes up, and down below zero, so that a counter-line stays the opposite."""
        exact = abs(self.minor * factor)
        size = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
        return Money(size if self.minor * factor >= 0 else -size, self.currency)

    def split(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """One part a weight, by largest remainder: together the whole, each within one minor unit of its share.

        Of equal remainders the earlier gets the unit. ValueError unless some weight is positive and none negative.
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError("weights are not negative, and one of them is positive")
        shares = [divmod(abs(self.minor) * weight, whole) for weight in weights]
        left = abs(self.minor) - sum(floor for floor, _ in shares)
        first = sorted(range(len(shares)), key=lambda at: (-shares[at][1], at))[:left]
        sign = -1 if self.minor < 0 else 1
        return tuple(
            Money(sign * (floor + (at in first)), self.currency) for at, (floor, _) in enumerate(shares)
        )
