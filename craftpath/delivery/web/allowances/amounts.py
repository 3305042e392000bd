"""Amounts as people type them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from craftpath.values.money import minor_digits
from craftpath.values.verdict import Refused, not_now

MOST = 12  # digits


def minor_of(given: str, currency: str) -> int:
    """Minor units of an amount such as 1,200.50; refused for what is none, or has too many decimal places."""
    try:
        value = Decimal(given.replace(",", "").replace("，", ""))
        minor = value.scaleb(minor_digits(currency))
        if not value.is_finite() or len(given) > MOST or minor != minor.to_integral_value():
            raise InvalidOperation
    except InvalidOperation:
        raise Refused(not_now("allowances.amount_unclear", given=given[:20])) from None
    return int(minor)
