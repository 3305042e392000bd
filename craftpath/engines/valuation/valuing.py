"""One formula a kind, rounded once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from craftpath.engines.valuation.types import Given, Kind, RateMissing, Valued


def value(given: Given, rates: Mapping[str, int]) -> Valued:
    """What it is worth; `rates` are minor units by the rate's name (an hour, or a square metre a month).

    ValueError for a figure that is missing or below zero, or a machine used longer than it lives; RateMissing (one of
    them) where the rule has no such rate.
    """
    if given.figures.get("price_hour") is not None:
        hours, price = _figure(given, "hours"), _figure(given, "price_hour")
        return _by_hour(hours, "price_hour", price)
    match given.kind:
        case Kind.MACHINE:
            price, used, life = (_figure(given, name) for name in ("price", "months_used", "life_months"))
            if life <= 0 or used > life:
                raise ValueError("a machine is used for a part of its life")
            factors = (("price", price), ("months_used", used), ("life_months", life))
            return _valued(Fraction(price) * Fraction(used) / Fraction(life), used, "month", factors)
        case Kind.HOURS:
            return _by_hour(_figure(given, "hours"), "rate", Decimal(_rate(given, rates)))
        case Kind.ROOM:
            return _room(given, _rate(given, rates))
        case _:
            amount = _figure(given, "amount")
            return _valued(Fraction(amount), amount, "money", (("amount", amount),))


def _room(given: Given, rate: int) -> Valued:
    if given.figures.get("hours") is not None:
        return _by_hour(_figure(given, "hours"), "rate", Decimal(rate))
    metres, months = _figure(given, "square_metres"), _figure(given, "months")
    factors = (("square_metres", metres), ("months", months), ("rate", Decimal(rate)))
    return _valued(Fraction(metres) * Fraction(months) * rate, metres * months, "square_metre_month", factors)


def _by_hour(hours: Decimal, name: str, price: Decimal) -> Valued:
    return _valued(Fraction(hours) * Fraction(price), hours, "hour", (("hours", hours), (name, price)))


def _figure(given: Given, name: str) -> Decimal:
    found = given.figures.get(name)
    if found is None or found < 0:
        raise ValueError(name)
    return found


def _rate(given: Given, rates: Mapping[str, int]) -> int:
    if given.rate not in rates:
        raise RateMissing(given.rate)
    return rates[given.rate]


def _valued(
    exact: Fraction, quantity: Decimal, unit: str, factors: tuple[tuple[str, Decimal], ...]
) -> Valued:
    minor = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return Valued(minor, quantity, unit, tuple((name, f"{figure.normalize():f}") for name, figure in factors))
