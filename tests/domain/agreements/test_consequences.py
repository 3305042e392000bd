"""What an early ending means: notice, probation, months not served, and a bond that never asks too much."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.agreements.consequences import bond_owed, consequences, unserved
from craftpath.domain.agreements.law import law_of
from tests.domain.agreements.agreed import END, START, terms


def ends(initiator: str, told: date, last: date, **more: Any) -> Any:
    bond = terms(bond_cost=1200000, bond_months=24)
    return consequences(
        law=law_of("CN"), terms=bond, starts_on=START, ends_on=END, initiator=initiator,
        told_on=told, last_day=last, **more,
    )  # fmt: skip


@given(st.integers(0, 10**9), st.integers(0, 240), st.integers(-20, 400))
def test_a_bond_asks_at_most_the_cost_and_the_share_not_served(cost: int, agreed: int, left: int) -> None:
    owed = bond_owed(cost, agreed, left)
    assert 0 <= owed <= cost
    if agreed:
        assert owed * agreed <= cost * max(0, min(left, agreed))


def test_half_served_is_half_owed() -> None:
    found = ends("apprentice", date(2027, 8, 20), date(2027, 9, 20))
    assert (found.bond_unserved, found.owed, found.unserved_months) == (12, 600000, 12)


@pytest.mark.parametrize("initiator", ["enterprise", "college"])
def test_nothing_is_owed_where_the_enterprise_ends_it(initiator: str) -> None:
    assert ends(initiator, date(2027, 8, 20), date(2027, 9, 20)).owed == 0


def test_nothing_is_owed_in_probation_and_three_days_are_enough() -> None:
    found = ends("apprentice", date(2026, 10, 1), date(2026, 10, 4))
    assert (found.in_probation, found.owed, found.notice_days, found.notice_kept) == (True, 0, 3, True)


def test_thirty_days_after_it() -> None:
    assert ends("apprentice", date(2027, 3, 1), date(2027, 3, 30)).notice_kept is False
    found = ends("apprentice", date(2027, 3, 1), date(2027, 3, 31))
    assert (found.notice_kept, found.notice_ends) == (True, date(2027, 3, 31))


def test_both_together_need_no_notice() -> None:
    found = ends("both", date(2027, 3, 1), date(2027, 3, 1), by_agreement=True)
    assert (found.notice_days, found.notice_kept) == (None, True)


@given(st.dates(START, END))
def test_what_is_not_served_shrinks_from_the_whole_term_to_nothing(last: date) -> None:
    left = unserved(START, END, last)
    assert 0 <= left <= 24
    assert unserved(START, END, END) == 0
    assert unserved(START, END, START) == 24
