"""Person-years that are claimed twice, against every two rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.allowances.subsidies import Claims, Twice, double_claims
from craftpath.values.period import Period

START = date(2024, 1, 1)
APART = {("apprenticeship", "skill_upgrade")}


class Row(NamedTuple):
    claim: str
    person: str
    subsidy: str = "apprenticeship"
    occupation: str = "welder"
    rank: int = 4
    start: date = START
    end: date = date(2025, 1, 1)


def columns(rows: Sequence[Row]) -> Claims:
    claim, person, subsidy, occupation, rank, start, end = zip(*rows, strict=True)
    days = (np.array(column, "datetime64[D]") for column in (start, end))
    return Claims(claim, person, subsidy, occupation, rank, *days)


def found(rows: Sequence[Row], once: bool = False) -> list[tuple[Twice, tuple[str, str]]]:
    return [(one.why, one.claims) for one in double_claims(columns(rows), APART, once_per_level=once)]


def test_the_same_days_are_claimed_once() -> None:
    rows = [
        Row("a", "p"),
        Row("b", "p", rank=5, start=date(2024, 12, 1), end=date(2025, 12, 1)),
        Row("c", "p", start=date(2025, 12, 1), end=date(2026, 1, 1)),
        Row("d", "q"),
    ]
    [double] = double_claims(columns(rows))
    assert (double.why, double.person, double.rows, double.claims) == (
        Twice.PERSON_YEAR,
        "p",
        (0, 1),
        ("a", "b"),
    )
    assert double.overlap == Period(date(2024, 12, 1), date(2025, 1, 1))


def test_a_long_claim_meets_more_than_the_next_one() -> None:
    rows = [
        Row("a", "p", end=date(2026, 1, 1)),
        Row("b", "p", start=date(2024, 2, 1), end=date(2024, 3, 1)),
        Row("c", "p", start=date(2025, 2, 1), end=date(2025, 3, 1)),
    ]
    assert found(rows) == [(Twice.PERSON_YEAR, ("a", "b")), (Twice.PERSON_YEAR, ("a", "c"))]


def test_subsidies_that_may_not_run_side_by_side() -> None:
    rows = [Row("a", "p", "skill_upgrade"), Row("b", "p"), Row("c", "p", "other")]
    assert found(rows) == [(Twice.COMBINED, ("a", "b"))]


def test_a_level_is_subsidised_once() -> None:
    year = {"start": date(2026, 1, 1), "end": date(2027, 1, 1)}
    assert found([Row("a", "p"), Row("b", "p", **year)]) == []
    assert found([Row("a", "p"), Row("b", "p", **year)], once=True) == [(Twice.LEVEL, ("a", "b"))]
    assert found([Row("a", "p"), Row("b", "p", rank=3, **year)], once=True) == [(Twice.LEVEL, ("a", "b"))]
    assert found([Row("a", "p"), Row("b", "p", rank=5, **year)], once=True) == []
    assert found([Row("a", "p"), Row("b", "p", occupation="fitter", **year)], once=True) == []
    assert found([Row("a", "p"), Row("a", "p", **year)], once=True) == []  # two years of one claim


def test_nothing_is_claimed_and_an_empty_period_is_nothing() -> None:
    assert double_claims(Claims((), (), (), (), (), [], [])) == ()
    assert found([Row("a", "p"), Row("b", "p", start=date(2024, 5, 1), end=date(2024, 5, 1))]) == []


DAYS = st.integers(0, 8).map(lambda n: START + timedelta(n))
ROWS = st.lists(
    st.builds(
        lambda claim, person, subsidy, rank, a, b: Row(
            claim, person, subsidy, "welder", rank, min(a, b), max(a, b)
        ),
        st.sampled_from("abc"),
        st.sampled_from("pq"),
        st.sampled_from(["apprenticeship", "skill_upgrade", "other"]),
        st.integers(3, 5),
        DAYS,
        DAYS,
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(ROWS, st.booleans(), st.randoms(use_true_random=False))
def test_every_two_rows_are_held_against_each_other(rows: list[Row], once: bool, chance: object) -> None:
    expected = []
    for a, b in combinations(range(len(rows)), 2):
        one, other = sorted((rows[a], rows[b]), key=lambda row: (row.start, row.end, row.claim))
        if one.person != other.person:
            continue
        meet = max(one.start, other.start) < min(one.end, other.end)
        kinds = {one.subsidy, other.subsidy}
        if meet and len(kinds) == 1:
            expected.append(Twice.PERSON_YEAR)
        elif meet and kinds == {"apprenticeship", "skill_upgrade"}:
            expected.append(Twice.COMBINED)
        alike = len(kinds) == 1 and one.claim != other.claim and one.rank >= other.rank
        if once and alike and one.end <= other.start:
            expected.append(Twice.LEVEL)
    assert sorted(why for why, _ in found(rows, once)) == sorted(expected)
    moved = rows[:]
    chance.shuffle(moved)  # type: ignore[attr-defined]
    assert sorted(found(moved, once)) == sorted(found(rows, once))
