"""Rounding: half up, once, from the exact value."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from craftpath.values.rounding import half_up, mean


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(9, 4), 1, "2.3"),  # bankers would say 2.2
        (Fraction(41, 40), 2, "1.03"),  # the binary number nearest to 1.025 lies below it
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(7), 2, "7.00"),
        (Fraction(1, 1000), 2, "0.00"),
        (Fraction(10**40 * 2 + 1, 2), 0, str(10**40 + 1)),  # more digits than the context of decimals keeps
    ],
)
def test_a_half_goes_up_and_the_places_are_all_there(value: Fraction, places: int, printed: str) -> None:
    assert str(half_up(value, places)) == printed


def test_a_mean_is_rounded_once_and_there_is_none_of_nothing() -> None:
    assert mean([Decimal("80.5"), Decimal("80.0"), Decimal("80.3")], 1) == Decimal("80.3")
    assert mean([Decimal("0.05"), Decimal("0.04")], 1) == Decimal(
        "0.0"
    )  # 0.045; by two steps it would be 0.1
    assert str(mean([Decimal("81.6"), Decimal("81.7")], 1)) == "81.7"
    assert mean([], 1) is None
