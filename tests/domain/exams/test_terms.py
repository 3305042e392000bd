"""The rule of re-sits: what counts of several attempts, how many are used up, who may sit again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.exams.terms import COUNTS, SITS_AGAIN, Attempt, Terms, counted, used, why_again

HALF, MOST = Fraction(1, 2), Fraction(9, 10)
shares = st.none() | st.fractions(0, 1, max_denominator=60)
rows = st.lists(st.tuples(shares, st.booleans()), min_size=1, max_size=5).map(
    lambda some: [Attempt(n, share, excused and share is None) for n, (share, excused) in enumerate(some)]
)
terms = st.builds(
    Terms, st.integers(0, 100), st.integers(0, 4), st.sampled_from(SITS_AGAIN), st.sampled_from(COUNTS)
)


def attempts(*shares: Fraction | str | None) -> list[Attempt]:
    """`"x"` is an absence with a reason."""
    return [
        Attempt(n, share if isinstance(share, Fraction) else None, share == "x")
        for n, share in enumerate(shares)
    ]


@pytest.mark.parametrize(
    ("rule", "some", "place", "share"),
    [("best", (HALF, MOST), 1, MOST), ("best", (MOST, HALF), 0, MOST), ("last", (MOST, HALF), 1, HALF),
     ("last", (HALF, None), 0, HALF), ("capped", (HALF, MOST), 1, Fraction(3, 5)),
     ("capped", (MOST, HALF), 0, MOST), ("capped", ("x", MOST), 1, MOST),
     ("capped", (None, MOST), 1, Fraction(3, 5)), ("best", (None, "x"), None, None),
     ("best", (HALF, HALF), 0, HALF)],
)  # fmt: skip
def test_which_attempt_counts(rule: str, some: tuple[object, ...], place: int | None, share: object) -> None:
    found = counted(attempts(*some), Terms(60, 3, "absent", rule))  # type: ignore[arg-type]
    assert (found.place, found.share) == (place, share)


@given(rows, terms)
def test_what_counts_is_one_of_the_attempts_and_never_more_than_it_was(
    some: list[Attempt], rule: Terms
) -> None:
    found = counted(some, rule)
    sat = [one.share for one in some if one.share is not None]
    assert (found.place is None) == (not sat)
    if found.place is not None and found.share is not None:
        own = some[found.place].share
        assert own is not None
        assert found.share <= own
        assert found.capped == (found.share < own)
        if rule.resit_counts == "best":
            assert found.share == max(sat)
        if rule.resit_counts == "last":
            assert found.share == sat[-1]
        if rule.resit_counts == "capped" and some[0].share is not None:
            assert some[0].share <= found.share <= max(some[0].share, rule.passes)


@given(rows, terms, shares, st.booleans())
def test_one_more_attempt_lowers_nothing_unless_the_last_counts(
    some: list[Attempt], rule: Terms, share: Fraction | None, excused: bool
) -> None:
    before = counted(some, rule).share
    after = counted([*some, Attempt(len(some), share, excused and share is None)], rule).share
    if before is not None and (rule.resit_counts != "last" or share is None):
        assert after is not None
        assert after >= before


@given(rows, terms)
def test_nobody_sits_more_often_than_the_rule_says(some: list[Attempt], rule: Terms) -> None:
    why = why_again(some, rule)
    if not why.startswith("no_"):
        assert used(some) < rule.most_resits
        share = counted(some, rule).share
        assert share is None or share < rule.passes
    assert used(some) <= len(some) - 1


@pytest.mark.parametrize(
    ("who", "some", "why"),
    [("failed", (HALF,), "below"), ("failed", ("x",), "no_excused"), ("excused", ("x",), "excused"),
     ("excused", (None,), "no_absent"), ("absent", (None,), "absent"), ("absent", (MOST,), "no_passed"),
     ("excused", (HALF, HALF), "no_more"), ("excused", (HALF, "x"), "below")],
)  # fmt: skip
def test_who_may_sit_again(who: str, some: tuple[object, ...], why: str) -> None:
    assert why_again(attempts(*some), Terms(60, 1, who)) == why  # type: ignore[arg-type]
