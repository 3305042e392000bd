"""Advance, settlement and refund to the yuan; the first two classes stand in a public notice of April 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.engines.allowances.subsidies import (
    Breach,
    Claim,
    Clawback,
    Notice,
    Per,
    Plan,
    Rate,
    Scheme,
    SubsidyFaulty,
    advance,
    settle,
)
from craftpath.values.money import Money
from tests.engines.allowances.schemes import SCHEMES

DAY = date(2026, 11, 30)
QIDONG, FUJIAN, WUHAN, SHENZHEN = (SCHEMES[key] for key in ("qidong", "fujian", "wuhan", "shenzhen"))


def yuan(amount: int) -> Money:
    return Money(amount * 100, "CNY")


@pytest.mark.parametrize(
    ("plan", "finished", "advanced", "balance"),
    [
        (Plan("l3", 45, 24), 33, 112_500, 217_500),
        (Plan("l4", 33, 12), 32, 66_000, 62_000),
    ],
)
def test_two_published_classes_are_settled_to_the_yuan(
    plan: Plan, finished: int, advanced: int, balance: int
) -> None:
    paid = advance(QIDONG, plan).amount
    assert paid == yuan(advanced)
    found = settle(QIDONG, Claim(plan, paid.minor, finished), on=DAY)
    assert found.balance == yuan(balance)
    assert found.due == found.advance + found.balance
    assert (found.refund, found.refund_by) == (yuan(0), None)
    assert [(step.code, step.amount) for step in found.steps] == [
        ("certified", yuan(advanced + balance)),
        ("advance_paid", yuan(-advanced)),
    ]


def test_the_steps_multiply_to_their_amounts() -> None:
    plan = Plan("l3", 45, 24)
    [step] = advance(QIDONG, plan).steps
    assert (step.heads, step.rate, step.months, step.share) == (45, 500_000, 12, Fraction(1, 2))
    assert step.amount == yuan(112_500)
    short = advance(QIDONG, Plan("l4", 10, 6))
    assert short.amount == yuan(10_000)  # half of half a year


def test_too_much_advanced_is_refunded_by_a_day() -> None:
    plan = Plan("l4", 40, 12)
    paid = advance(SHENZHEN, plan).amount
    assert paid == yuan(110_000)
    found = settle(SHENZHEN, Claim(plan, paid.minor, 15), on=DAY)
    assert found.balance == yuan(-27_500)
    assert found.refund == yuan(27_500)
    assert found.refund_by == date(2027, 2, 28)
    assert settle(QIDONG, Claim(Plan("l4", 40, 12), 8_000_000, 15), on=DAY).refund_by is None  # not regulated


def test_who_has_no_certificate_and_who_left() -> None:
    plan = Plan("l3", 30, 24)
    found = settle(WUHAN, Claim(plan, 0, 20, 4, (3, 9, 9)), on=DAY)
    assert [(step.code, step.heads, step.months, step.amount) for step in found.steps] == [
        ("certified", 20, 24, yuan(240_000)),
        ("uncertified", 4, 24, yuan(32_000)),
        ("left", 1, 3, yuan(0)),
        ("left", 2, 9, yuan(0)),
    ]
    by_months = replace(WUHAN, left=120_000)
    left = [step.amount for step in settle(by_months, Claim(plan, 0, 20, 4, (3, 9, 9, 30)), on=DAY).steps[2:]]
    assert left == [yuan(300), yuan(1_800), yuan(2_400)]  # 30 months count as the 24 of the plan


def test_a_place_that_is_not_completed_gives_its_advance_back() -> None:
    plan = Plan("l3", 45, 24)
    paid = advance(FUJIAN, plan).amount
    assert paid == yuan(135_000)
    found = settle(FUJIAN, Claim(plan, paid.minor, 33), on=DAY)
    assert [(step.code, step.heads, step.amount) for step in found.steps] == [
        ("certified", 33, yuan(396_000)),
        ("advance_of_finished", 33, yuan(-99_000)),
        ("advance_of_unfinished", 12, yuan(-36_000)),
    ]
    assert found.balance == yuan(261_000)
    nobody = settle(FUJIAN, Claim(plan, paid.minor, 0), on=DAY)
    assert nobody.refund == paid
    assert [step.code for step in nobody.steps] == ["certified", "advance_of_unfinished"]


def test_rates_go_by_level_and_kind() -> None:
    zhejiang = replace(SCHEMES["zhejiang"], advance=1000)
    assert advance(zhejiang, Plan("l4", 1, 12, "employee_apprentice")).amount == yuan(4000)
    assert advance(zhejiang, Plan("l3", 1, 12, "student_apprentice")).amount == yuan(3000)
    mixed = replace(zhejiang, rates=(*zhejiang.rates, Rate(1, "l4"), Rate(2, "l4", "x"), Rate(3)))
    plans = [("l4", "x"), ("l4", "employee_apprentice"), ("l3", "student_apprentice"), ("l3", "y")]
    found = [advance(mixed, Plan(level, 1, 12, kind)).amount.minor for level, kind in plans]
    assert found == [2, 1, 300_000, 3]


def test_what_a_class_does_not_keep_is_named() -> None:
    tianjin = replace(SCHEMES["tianjin"], rates=QIDONG.rates)
    figures = {
        "class_size": 41,
        "apprentices_per_mentor": 8,
        "class_hours_per_year": 600,
        "central_hours": 159,
        "online_percent_of_central": Fraction(101, 2),
    }
    found = settle(tianjin, Claim(Plan("l4", 45, 12), 0, 41, figures=figures), on=DAY).breaches
    assert [(one.bound.measure, one.value) for one in found] == [
        ("class_size", 41),
        ("central_hours", 159),
        ("online_percent_of_central", Fraction(101, 2)),
        ("recorded_percent", None),
    ]
    months = settle(WUHAN, Claim(Plan("l3", 5, 18), 0, 5, figures={"months": 18}), on=DAY).breaches
    assert months == (Breach(WUHAN.bounds[1], Fraction(18)),)


def test_a_row_of_the_file_is_read_whole() -> None:
    assert (SHENZHEN.notice_days, SHENZHEN.notice) == (5, Notice.WORKDAYS)
    papers = {one.paper: one for one in SHENZHEN.papers}
    assert (papers["certificate"].per, papers["training_video"].least) == (Per.PERSON, 10)
    assert (FUJIAN.clawback, FUJIAN.valid.start) == (Clawback.BY_PLACE, date(2019, 1, 1))
    assert WUHAN.apart == ("pre_job_training", "skill_upgrade")


PLAN = Plan("l3", 10, 24)


@pytest.mark.parametrize(
    ("scheme", "claim", "code", "facts"),
    [
        (QIDONG, Claim(PLAN, 0, 9, 0, (1, 2)), "more_than_planned", {"heads": 11, "planned": 10}),
        (QIDONG, Claim(PLAN, 0, 9, 1), "uncertified_not_regulated", {"scheme": "qidong"}),
        (QIDONG, Claim(PLAN, -1, 9), "number_negative", {}),
        (QIDONG, Claim(PLAN, 0, 9, 0, (-1,)), "number_negative", {}),
        (
            QIDONG,
            Claim(Plan("l5", 10, 12), 0, 9),
            "rate_missing",
            {"scheme": "qidong", "level": "l5", "kind": ""},
        ),
        (QIDONG, Claim(Plan("l3", 0, 12), 0, 0), "plan_empty", {"heads": 0, "months": 12}),
        (replace(QIDONG, advance=1001), Claim(PLAN, 0, 9), "advance_not_share", {"scheme": "qidong"}),
        (replace(QIDONG, currency="RMB"), Claim(PLAN, 0, 9), "currency_unknown", {"scheme": "qidong"}),
        (replace(QIDONG, left=-1), Claim(PLAN, 0, 9), "amount_negative", {"scheme": "qidong"}),
        (replace(QIDONG, refund_months=-1), Claim(PLAN, 0, 9), "term_negative", {"scheme": "qidong"}),
        (
            replace(QIDONG, rates=(*QIDONG.rates, Rate(1, "l3"))),
            Claim(PLAN, 0, 9),
            "rate_twice",
            {"scheme": "qidong", "level": "l3", "kind": ""},
        ),
    ],
)
def test_what_makes_no_sense_is_named(scheme: Scheme, claim: Claim, code: str, facts: dict) -> None:
    with pytest.raises(SubsidyFaulty) as caught:
        settle(scheme, claim, on=DAY)
    assert {fault.code: fault.facts for fault in caught.value.faults} == {f"subsidies.{code}": facts}


def test_an_advance_on_nothing_is_refused() -> None:
    with pytest.raises(SubsidyFaulty, match="plan_empty"):
        advance(QIDONG, Plan("l3", 0, 12))


@given(
    st.integers(1, 60),
    st.integers(1, 36),
    st.integers(0, 1000),
    st.integers(0, 10**7),
    st.integers(0, 10**7),
    st.sampled_from(list(Clawback)),
    st.data(),
)
def test_due_is_advance_and_balance_and_the_steps_add_up(
    heads: int, months: int, share: int, rate: int, uncertified: int, clawback: Clawback, data: st.DataObject
) -> None:
    certified = data.draw(st.integers(0, heads))
    without = data.draw(st.integers(0, heads - certified))
    left = tuple(data.draw(st.lists(st.integers(0, 40), max_size=heads - certified - without)))
    scheme = replace(
        QIDONG, rates=(Rate(rate, "l3"),), advance=share, uncertified=uncertified, left=rate // 3,
        clawback=clawback, refund_months=3,
    )  # fmt: skip
    plan = Plan("l3", heads, months)
    paid = advance(scheme, plan).amount
    found = settle(scheme, Claim(plan, paid.minor, certified, without, left), on=DAY)
    assert found.due == found.advance + found.balance
    assert sum(step.amount.minor for step in found.steps) == found.balance.minor
    assert found.refund.minor == max(0, -found.balance.minor)
    assert (found.refund_by is not None) == (found.refund.minor > 0)
    exact = Fraction(certified * rate * months, 12) + Fraction(without * uncertified * months, 12)
    exact += sum(Fraction((rate // 3) * min(one, months), 12) for one in left)
    assert abs(found.due.minor - exact) <= Fraction(len(found.steps), 2)
