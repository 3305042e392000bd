"""Decimals as scaled integers."""

from decimal import Decimal as D

import pytest

from craftpath.engines.evaluation.exact import as_decimal, places_of, scaled


@pytest.mark.parametrize(
    ("value", "places"), [("85", 0), ("85.50", 1), ("1E+2", 0), ("0.000", 0), ("0.125", 3), ("-0.10", 1)]
)
def test_places_of_counts_what_is_needed(value, places):
    assert places_of(D(value)) == places


def test_places_of_refuses_what_is_no_number():
    with pytest.raises(ValueError, match="not a finite number"):
        places_of(D("Infinity"))


def test_scaled_is_exact_or_refuses():
    long = "1234567890123456789012345678901234567890.5"  # longer than the usual decimal context
    assert scaled(D(long), 1) == 12345678901234567890123456789012345678905
    with pytest.raises(ValueError, match="more than 1 decimal places"):
        scaled(D("0.25"), 1)


def test_as_decimal_shows_every_place():
    assert [str(as_decimal(figure, 1)) for figure in (0, 816, -5)] == ["0.0", "81.6", "-0.5"]
    assert str(as_decimal(82, 0)) == "82"
