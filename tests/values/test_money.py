"""Money: one currency at a time, and no cent is lost."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from craftpath.values.money import CurrenciesDiffer, CurrencyUnknown, Money, minor_digits

AMOUNTS = st.integers(-(10**15), 10**15)


def yuan(minor: int) -> Money:
    return Money(minor, "CNY")


def test_money_of_one_currency_adds_up_and_compares() -> None:
    assert yuan(150) + yuan(-50) == yuan(100)
    assert yuan(100) - yuan(150) == yuan(-50) == -yuan(50)
    assert yuan(-1) < yuan(0) <= yuan(0) < yuan(1)
    assert max(yuan(3), yuan(5)) == yuan(5)
    assert yuan(1) != Money(1, "EUR")


@pytest.mark.parametrize(
    "do", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b]
)
def test_two_currencies_do_not_mix(do: object) -> None:
    with pytest.raises(CurrenciesDiffer, match="CNY EUR"):
        do(yuan(1), Money(1, "EUR"))  # type: ignore[operator]


@pytest.mark.parametrize(("currency", "digits"), [("CNY", 2), ("EUR", 2), ("JPY", 0), ("BHD", 3)])
def test_minor_units_have_the_currency_s_digits(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize("code", ["XXX", "RMB", "cny", ""])
def test_an_unknown_currency_is_a_fault(code: str) -> None:
    with pytest.raises(CurrencyUnknown):
        minor_digits(code)
    with pytest.raises(CurrencyUnknown):
        Money(1, code)


@pytest.mark.parametrize("minor", [1.0, True, "1"])
def test_money_is_a_whole_number(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(minor, "CNY")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minor", "factor", "product"),
    [
        (5, Fraction(1, 2), 3),
        (-5, Fraction(1, 2), -3),
        (5, Fraction(-1, 2), -3),
        (3, Fraction(1, 2), 2),
        (100, Fraction(1, 3), 33),
        (200, Fraction(1, 3), 67),
        (10**30 + 1, Fraction(1, 2), 5 * 10**29 + 1),
        (7, Fraction(0), 0),
    ],
)
def test_a_product_is_rounded_once_and_a_half_goes_up_in_size(
    minor: int, factor: Fraction, product: int
) -> None:
    assert yuan(minor).times(factor) == yuan(product)


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [60, 40], [61, 40]),
        (101, [1, 1], [51, 50]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (100, [0, 3, 0], [0, 100, 0]),
        (1, [1, 2], [0, 1]),
    ],
)
def test_a_split_gives_what_is_left_to_the_largest_remainder(
    minor: int, weights: list[int], parts: list[int]
) -> None:
    assert yuan(minor).split(weights) == tuple(map(yuan, parts))


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_make_no_sense_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        yuan(1).split(weights)


@given(AMOUNTS, st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_no_cent_is_lost_in_a_split(minor: int, weights: list[int]) -> None:
    assume(any(weights))
    parts = yuan(minor).split(weights)
    assert sum(part.minor for part in parts) == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor - Fraction(minor * weight, sum(weights))) < 1
    assert tuple(-part for part in parts) == yuan(-minor).split(weights)


@given(AMOUNTS, st.fractions(min_value=-5, max_value=5))
def test_a_product_is_near_and_its_counter_line_is_the_opposite(minor: int, factor: Fraction) -> None:
    assert abs(yuan(minor).times(factor).minor - minor * factor) <= Fraction(1, 2)
    assert yuan(-minor).times(factor) == -yuan(minor).times(factor)
