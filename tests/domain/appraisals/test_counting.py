"""The arithmetic of shares, days and figures: whole days, shares of 1, intervals around their figure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.appraisals import measuring
from craftpath.domain.appraisals.inputs import LONGEST_WAIT, Own
from craftpath.domain.appraisals.taught import Teaching, days_of, responsible, shares_of
from craftpath.values.period import Period

FIRST = date(2026, 1, 1)
WINDOW = Period(FIRST, FIRST + timedelta(days=100))


def teaching(
    key: int, who: str, a: int, b: int | None, share: int = 1000, instead_of: int | None = None
) -> Teaching:
    end = None if b is None else FIRST + timedelta(days=b)
    return Teaching.of(key, who, "e", share, instead_of, FIRST + timedelta(days=a), end)


def test_shares_go_by_days_and_a_deputy_takes_the_days_of_whoever_is_away() -> None:
    rows = [teaching(1, "a", 0, None, 600), teaching(2, "b", 0, None, 400), teaching(3, "c", 0, 50, 0, 1)]
    shares, taught = shares_of(rows, WINDOW)
    assert dict(shares) == {"a": 0.3, "b": 0.4, "c": 0.3}
    assert taught == 1.0
    assert days_of(rows, WINDOW) == {"a": (100, 50), "b": (100, 0)}
    assert responsible(rows, FIRST) == "c"
    assert responsible(rows, FIRST + timedelta(days=60)) == "a"
    assert responsible([], FIRST) == ""


def test_a_pair_that_broke_plans_no_further_day() -> None:
    rows = [teaching(1, "a", 0, 30), teaching(2, "b", 50, None)]
    shares, taught = shares_of(rows, WINDOW)
    assert dict(shares) == {"a": 0.375, "b": 0.625}
    assert taught == 0.8
    assert days_of(rows, WINDOW) == {"a": (30, 0), "b": (50, 0)}
    assert shares_of([], WINDOW) == ((), 0.0)


@given(
    st.lists(
        st.tuples(
            st.integers(-50, 120),
            st.integers(0, 90),
            st.sampled_from("abc"),
            st.sampled_from((300, 600, 1000)),
        ),
        max_size=6,
    )
)
def test_shares_are_of_one_whole(rows: list[tuple[int, int, str, int]]) -> None:
    shares, taught = shares_of([teaching(n, w, a, a + d, s) for n, (a, d, w, s) in enumerate(rows)], WINDOW)
    assert 0 <= taught <= 1
    assert (sum(share for _, share in shares) == pytest.approx(1)) if taught else (shares == ())
    assert [who for who, _ in shares] == sorted({who for who, _ in shares})


@given(
    st.builds(Own, planned=st.integers(1, 900), away=st.just(0)),
    st.integers(1, 60),
    st.integers(0, 60),
    st.integers(0, 8),
    st.lists(st.integers(-3, 90), min_size=1, max_size=12),
    st.lists(st.integers(1, 5), min_size=1, max_size=12),
)
def test_a_figure_lies_within_its_interval(
    own: Own, confirmed: int, looked: int, checks: int, waits: list[int], steps: list[int]
) -> None:
    own.confirmed, own.looked = confirmed, min(looked, confirmed)
    own.checks, own.agreed = checks, checks / 2
    for days in waits:
        own.answer(days)
    for question in ("shows", "helps", "respects"):
        own.voices[question] = {step: steps.count(step) for step in set(steps)}
    for figure in (
        measuring.verification(own),
        measuring.response(own),
        measuring.continuity(own),
        measuring.voice(own),
    ):
        assert figure is not None
        value, n, low, high = figure
        assert low <= value + 1e-6
        assert value <= high + 1e-6
        assert n >= 1
    assert set(own.answered) <= set(range(LONGEST_WAIT + 1))


def test_nothing_recorded_is_no_figure_and_never_a_nought() -> None:
    empty = Own()
    assert [
        getattr(measuring, name)(empty) for name in ("verification", "response", "continuity", "voice")
    ] == [None] * 4
