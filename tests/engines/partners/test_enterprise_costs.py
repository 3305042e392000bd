"""Costs and benefits of apprenticeship: a case worked by hand, and the laws that hold for all figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.enterprise_costs import Assumptions, Year, reckon

FIRST = Year(300000, D(200), D(1200), D(20), D(40), D(30))
SECOND = Year(360000, D(120), D(1400), D(60), D(75), D(10))
CASE = Assumptions(
    apprentices=10, years=(FIRST, SECOND), on_top=D(30), trainer_wage_hour=6000, allowance_year=240000,
    skilled_wage_hour=5000, unskilled_wage_hour=2500, material_year=300000, recruitment=80000,
    administration_year=120000, fees_year=200000, subsidy_year=500000, hiring=1500000, stay=D(80), turnover_hired=D(30),
    turnover_trained=D(10),
)  # fmt: skip


def test_a_case_by_hand() -> None:
    found = reckon(CASE)
    assert found is not None
    first, second = found.years
    # 12 × 3,000.00 × 1.3 = 46,800; 200 h × 60 = 12,000; 2,400; 3,000; 800; 1,200; 2,000
    assert list(first.costs.values()) == [4680000, 1200000, 240000, 300000, 80000, 120000, 200000]
    # 1200 h × 20 % × 40 % = 96 h × 50 = 4,800; 360 h × 25 = 9,000; 5,000
    assert list(first.benefits.values()) == [480000, 900000, 500000]
    assert first.net == 6820000 - 1880000
    # 12 × 3,600.00 × 1.3 = 56,160; 120 h × 60 = 7,200; 2,400; 3,000; nothing; 1,200; 2,000
    assert list(second.costs.values()) == [5616000, 720000, 240000, 300000, 0, 120000, 200000]
    # 1400 h × 60 % × 75 % = 630 h × 50 = 31,500; 140 h × 25 = 3,500; 5,000
    assert list(second.benefits.values()) == [3150000, 350000, 500000]
    assert found.net == 4940000 + 3196000
    assert (found.net_year, found.net_all) == (4068000, 81360000)
    # 80 % × 15,000 = 12,000 at the end; 80 % × 20 % × 15,000 / 12 = 200 a month
    assert (found.saved_hiring, found.saved_month) == (1200000, D(20000))
    # (81,360 − 12,000) / 200 = 346.8
    assert found.break_even == 347


def test_nobody_is_not_available_and_impossible_figures_are_faults() -> None:
    assert reckon(replace(CASE, apprentices=0)) is None
    assert reckon(replace(CASE, years=())) is None
    with pytest.raises(ValueError, match="percent"):
        reckon(replace(CASE, stay=D(101)))
    with pytest.raises(ValueError, match="all of the time"):
        reckon(replace(CASE, years=(replace(FIRST, skilled_share=D(71)),)))
    with pytest.raises(ValueError, match="below zero"):
        reckon(replace(CASE, hiring=-1))


def test_it_pays_at_the_end_or_never() -> None:
    found = reckon(replace(CASE, subsidy_year=9000000))
    assert found is not None
    assert found.break_even == 0
    never = reckon(replace(CASE, turnover_trained=D(30)))
    assert never is not None
    assert never.break_even is None


MONEY = st.integers(0, 10_000_000)
SHARES = st.integers(0, 50).map(D)
FIGURES = st.builds(
    Year,
    MONEY,
    st.integers(0, 2000).map(D),
    st.integers(0, 2500).map(D),
    SHARES,
    st.integers(0, 150).map(D),
    SHARES,
)
ANY = st.builds(lambda years: replace(CASE, years=tuple(years)), st.lists(FIGURES, min_size=1, max_size=4))


@settings(max_examples=50, deadline=None)
@given(ANY, st.integers(1, 1_000_000))
def test_higher_pay_never_makes_it_cheaper(case: Assumptions, more: int) -> None:
    dearer = replace(case, years=tuple(replace(one, wage_month=one.wage_month + more) for one in case.years))
    before, after = reckon(case), reckon(dearer)
    assert before is not None
    assert after is not None
    assert after.net > before.net
    assert _month(after.break_even) >= _month(before.break_even)


@settings(max_examples=50, deadline=None)
@given(ANY, st.integers(1, 50))
def test_better_work_never_makes_it_dearer(case: Assumptions, more: int) -> None:
    better = replace(
        case, years=tuple(replace(one, productivity=one.productivity + more) for one in case.years)
    )
    before, after = reckon(case), reckon(better)
    assert before is not None
    assert after is not None
    assert after.net <= before.net


@settings(max_examples=50, deadline=None)
@given(ANY, st.integers(2, 60))
def test_one_apprentice_costs_the_same_however_many_there_are(case: Assumptions, heads: int) -> None:
    one, many = reckon(replace(case, apprentices=1)), reckon(replace(case, apprentices=heads))
    assert one is not None
    assert many is not None
    assert many.net == one.net
    assert many.net_all == heads * one.net


def _month(value: int | None) -> int:
    return 10_000 if value is None else value
