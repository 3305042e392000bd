"""What a contribution is worth: each kind by hand, and what cannot be said."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from craftpath.engines.valuation import Given, Kind, RateMissing, value

RATES = {"mentor": 8000, "workshop": 2500, "by_metre": 3000}


@pytest.mark.parametrize(
    ("given", "minor", "quantity", "unit"),
    [
        (Given(Kind.MONEY, {"amount": D(5000000)}), 5000000, D(5000000), "money"),
        (Given(Kind.MATERIALS, {"amount": D(12345)}), 12345, D(12345), "money"),
        # 360,000.00 over ten years, half a year of it: 18,000.00
        (
            Given(Kind.MACHINE, {"price": D(36000000), "months_used": D(6), "life_months": D(120)}),
            1800000, D(6), "month",
        ),
        # 100.00 × 1/3 = 33.33
        (
            Given(Kind.MACHINE, {"price": D(10000), "months_used": D(1), "life_months": D(3)}),
            3333, D(1), "month",
        ),
        (Given(Kind.HOURS, {"hours": D("12.5")}, "mentor"), 100000, D("12.5"), "hour"),
        (Given(Kind.MACHINE, {"hours": D("1.25"), "price_hour": D(5000)}), 6250, D("1.25"), "hour"),
        (Given(Kind.ROOM, {"hours": D(40)}, "workshop"), 100000, D(40), "hour"),
        (
            Given(Kind.ROOM, {"square_metres": D(80), "months": D(6)}, "by_metre"),
            1440000, D(480), "square_metre_month",
        ),
    ],
)  # fmt: skip
def test_each_kind(given: Given, minor: int, quantity: D, unit: str) -> None:
    found = value(given, RATES)
    assert (found.minor, found.quantity, found.unit) == (minor, quantity, unit)
    assert all(figure for _name, figure in found.steps)


def test_what_cannot_be_valued() -> None:
    with pytest.raises(RateMissing):
        value(Given(Kind.HOURS, {"hours": D(1)}, "nobody"), RATES)
    with pytest.raises(ValueError, match="hours"):
        value(Given(Kind.HOURS, {"hours": D(-1)}, "mentor"), RATES)
    with pytest.raises(ValueError, match="price_hour"):
        value(Given(Kind.ROOM, {"hours": D(1), "price_hour": D(-1)}), RATES)
    with pytest.raises(ValueError, match="part of its life"):
        value(Given(Kind.MACHINE, {"price": D(1), "months_used": D(4), "life_months": D(3)}), RATES)
