"""Half-open periods of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.values.period import FOREVER, Period, later, month_of, months_between

DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))
PERIODS = st.builds(lambda a, b: Period(min(a, b), max(a, b)), DAYS, DAYS)


def test_the_end_does_not_belong_to_it() -> None:
    one, next_one = Period(date(2026, 1, 1), date(2026, 2, 1)), Period(date(2026, 2, 1), date(2026, 3, 1))
    assert one.days == 31
    assert date(2026, 1, 31) in one
    assert date(2026, 2, 1) not in one
    assert not one.overlaps(next_one)
    assert one.intersection(next_one) is None
    assert Period(date(2026, 1, 15)).intersection(one) == Period(date(2026, 1, 15), date(2026, 2, 1))
    assert Period(date(2026, 1, 15)).end == FOREVER


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="lies before"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


def test_an_empty_period_has_no_day() -> None:
    empty = Period(date(2026, 1, 2), date(2026, 1, 2))
    assert empty.days == 0
    assert not empty.overlaps(Period(date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_later(start: date, months: int, day: date) -> None:
    assert later(start, months) == day


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 15), date(2027, 1, 14), 11),
        (date(2026, 1, 15), date(2027, 1, 15), 12),
    ],
)
def test_full_months(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == Period(start, end).months == months


def test_the_month_of_a_day() -> None:
    assert month_of(date(2026, 12, 31)) == Period(date(2026, 12, 1), date(2027, 1, 1))


@given(PERIODS, PERIODS)
def test_an_intersection_holds_the_days_of_both(one: Period, other: Period) -> None:
    both = one.intersection(other)
    assert (both is not None) == one.overlaps(other) == other.overlaps(one)
    if both is not None:
        for day in (both.start, both.end - timedelta(1), both.end, both.start - timedelta(1)):
            assert (day in both) == (day in one and day in other)


@given(DAYS, DAYS)
def test_full_months_do_not_pass_the_end(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    months = months_between(start, end)
    assert later(start, months) <= end < later(start, months + 1)
