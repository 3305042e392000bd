"""Rule books: what makes no sense is refused with one sentence, and what is adopted never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.domain.allowances import actions
from craftpath.domain.allowances.actions import NewRule
from craftpath.domain.allowances.examples import Example, worked
from craftpath.domain.allowances.models import Rule, RuleBook
from craftpath.domain.allowances.presets import PRESETS
from craftpath.domain.allowances.texts import PRESETS as PRESET_NAMES
from craftpath.domain.allowances.texts import REASONS
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role
from craftpath.values.period import Period
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.allowances.world import FLAT, book, hr, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
NOVEMBER = date(2026, 11, 1)


def draft(cast: Cast, **more: Any) -> RuleBook:
    return actions.draft_book(cast.jinheng, valid_from=date(2026, 1, 1), by=hr(cast), at=AT, **more)


def write(cast: Cast, row: RuleBook, new: NewRule) -> Rule:
    return actions.write_rule(row, new, by=hr(cast), at=AT)


def test_two_rules_that_could_pay_the_same_days_are_refused_by_name(cast: Cast) -> None:
    row = draft(cast)
    write(cast, row, FLAT)
    with pytest.raises(Refused, match="allowances.rules_meet") as told:
        write(cast, row, NewRule(name="第二条", amount=1))
    assert {told.value.verdict.facts["rule"], told.value.verdict.facts["other"]} == {"带徒津贴", "第二条"}
    assert row.rules.count() == 1
    write(cast, row, NewRule(name="第二条", amount=1, priority=1))
    assert row.rules.count() == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": " "}, "rule_without_name"),
        ({"amount": -1}, "amount_out_of_range"),
        ({"amount": 10**9}, "amount_out_of_range"),
        ({"component": "x"}, "rule_unknown"),
        ({"least_hours": -1}, "number_negative"),
        ({"over_capacity": 1001}, "factor_not_share"),
        ({"ratio": ((4, 1000), (2, 500))}, "bands_not_rising"),
        ({"results": ((60_00, 1200),)}, "factor_not_share"),
        ({"ratio": tuple((n, 1000) for n in range(1, 9))}, "too_many_bands"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_and_nothing_is_kept(
    cast: Cast, change: dict[str, Any], reason: str
) -> None:
    row = draft(cast)
    with refused(reason):
        write(cast, row, replace(FLAT, **change))
    assert not row.rules.exists()
    assert f"allowances.{reason}" in REASONS


def test_a_draft_is_there_once_and_what_is_adopted_never_changes(cast: Cast) -> None:
    row = book(cast)
    assert actions.adopt_book(row, by=hr(cast), at=AT).state == "in_force"
    for deed in (
        lambda: write(cast, row, NewRule(name="x", amount=1, component="other")),
        lambda: actions.remove_rule(row.rules.get(), by=hr(cast), at=AT),
        lambda: actions.set_cap(row, scope="run", most=1, by=hr(cast), at=AT),
        lambda: actions.date_book(row, valid_from=date(2027, 1, 1), by=hr(cast), at=AT),
        lambda: actions.drop_book(row, by=hr(cast), at=AT),
    ):
        with pytest.raises(Refused, match="flow.not_now"):
            deed()
    one, two = draft(cast), draft(cast)
    assert one.pk == two.pk
    assert one.number == 2
    assert one.rules.get().name == "带徒津贴"


def test_a_new_version_begins_later_and_keeps_what_a_rule_is_for(cast: Cast) -> None:
    first = book(cast)
    row = draft(cast)
    with refused("book_not_later"):
        actions.adopt_book(row, by=hr(cast), at=AT)
    row = actions.date_book(row, valid_from=date(2026, 6, 1), by=hr(cast), at=AT)
    rule = row.rules.get()
    with refused("versions_differ"):
        actions.write_rule(row, replace(FLAT, component="other"), rule=rule, by=hr(cast), at=AT)
    actions.adopt_book(row, by=hr(cast), at=AT)
    first.refresh_from_db()
    assert first.state == "replaced"


def test_an_empty_book_and_a_strange_hand_are_refused(cast: Cast) -> None:
    row = draft(cast)
    with refused("book_empty"):
        actions.adopt_book(row, by=hr(cast), at=AT)
    with refused("currency_unknown"):
        draft(cast, currency="XXX")
    with refused("cap_negative"):
        actions.set_cap(row, scope="run", most=-1, by=hr(cast), at=AT)
    mentor = Actor(cast.jinheng, cast.people["mentor"], frozenset({Role.MENTOR}))
    with pytest.raises(Refused, match="kernel.role_lacks"):
        actions.write_rule(row, FLAT, by=mentor, at=AT)
    for _ in range(2):
        assert actions.drop_book(row, by=hr(cast), at=AT).state == "dropped"


def test_removing_a_rule_and_setting_caps_twice(cast: Cast) -> None:
    row = draft(cast)
    rule = write(cast, row, FLAT)
    for most in (100_00, 200_00):
        actions.set_cap(row, scope="trainer_month", most=most, by=hr(cast), at=AT)
    assert row.caps.get().most == 200_00
    actions.set_cap(row, scope="trainer_month", most=None, by=hr(cast), at=AT)
    for _ in range(2):
        actions.remove_rule(rule, by=hr(cast), at=AT)
    assert not row.rules.exists()
    assert not row.caps.exists()


@pytest.mark.parametrize("preset", PRESETS)
def test_every_example_to_start_from_is_sound(cast: Cast, preset: str) -> None:
    assert preset in PRESET_NAMES
    row = draft(cast, preset=preset)
    assert actions.adopt_book(row, by=hr(cast), at=AT).rules.count() == len(PRESETS[preset])


def test_the_example_under_the_form_is_the_engine_s(cast: Cast) -> None:
    row = actions.row_of_new(replace(FLAT, amount=200_00), "CNY", Period(date(2026, 1, 1)))
    line = worked(row, Example(share=60, days=17), NOVEMBER)
    assert line is not None
    assert line.amount == 68_00
    hours = actions.row_of_new(
        NewRule(name="h", basis="apprentice_hour", amount=5_00), "CNY", Period(date(2026, 1, 1))
    )
    line = worked(hours, Example(share=100, hours=41, days=30), NOVEMBER)
    assert line is not None
    assert line.amount == 205_00


@settings(max_examples=40, deadline=None)
@given(
    amount=st.integers(0, 10**6),
    share=st.integers(0, 100),
    days=st.integers(1, 30),
    factor=st.integers(0, 1000),
)
def test_an_example_is_rounded_half_up_once(amount: int, share: int, days: int, factor: int) -> None:
    new = NewRule(name="x", amount=amount, ratio=((None, factor),))
    row = {
        "key": "x", "version": 1, "start": "2026-01-01", "end": "9999-12-31", "currency": "CNY",
        **{name: value for name, value in new.columns().items() if name not in ("name", "least_hours")},
        "least_minutes": 0,
    }  # fmt: skip
    line = worked(row, Example(share=share, days=days), NOVEMBER)
    assert line is not None
    assert line.amount == (2 * amount * share * days * factor + 3_000_000) // 6_000_000
