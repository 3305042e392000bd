"""Points as whole hundredths: reading, writing, and what a rate makes of them. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

HUNDRED, FULL_RATE = 100, 10_000
MOST = 1_000_000  # hundredths that one figure of a rule or a request may say


def of_text(given: str) -> int | None:
    """Hundredths of what somebody typed, such as `12` or `4.5`; None for what is no such number of two decimals."""
    try:
        value = Decimal(given.strip()) * HUNDRED
    except InvalidOperation:
        return None
    fits = value.is_finite() and abs(value) <= MOST and value == value.to_integral_value()
    return int(value) if fits else None


def shown(points: int) -> str:
    """As people read it: `12`, `4.5`, `−3.25`."""
    sign, whole = ("−" if points < 0 else ""), abs(points)
    plain = f"{whole // HUNDRED}.{whole % HUNDRED:02d}".rstrip("0").rstrip(".")
    return sign + plain


def converted(points: int, rate: int) -> int:
    """What a rate makes of points, rounded down: never more than went in."""
    return points * min(rate, FULL_RATE) // FULL_RATE


def months_after(on: date, months: int) -> date:
    """The last day of so many months from a day on; the end of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    for day in range(on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(on.day, 28))


def half_of(on: date) -> str:
    """Its half-year, such as `2026-1`."""
    return f"{on.year}-{1 if on.month <= 6 else 2}"
