"""A month's run against amounts that one works out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from craftpath.engines.allowances.monthly import (
    Basis,
    Cap,
    Earlier,
    Hours,
    Payer,
    Rule,
    RunFaulty,
    Scope,
    Unpaid,
    Why,
    canonical,
    check,
    digest,
    explain,
    run,
)
from craftpath.values.period import Period
from tests.engines.allowances.rows import (
    NOVEMBER,
    Entry,
    Stretch,
    amounts,
    hourly,
    hours,
    november,
    paid,
    pairs,
    ratio,
    results,
    rule,
)


def one(stretch: Stretch, given: Rule, *entries: Entry) -> int:
    """The amount of the only line."""
    [amount] = amounts(run(NOVEMBER, [given], pairs(stretch), hours(*entries)))
    return amount


# ---- Amounts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stretch", "given", "amount"),
    [
        (Stretch(), rule(), 200_00),
        (Stretch(start=november(16)), rule(), 100_00),  # 15 of 30 days
        (Stretch(end=november(11)), rule(), 66_67),  # 10 of 30 days: 66.666…
        (Stretch(start=november(30)), rule(by_day=False), 200_00),
        (Stretch(share=600), rule(), 120_00),
        (Stretch(share=333, end=november(8)), rule(amount=101), 8),  # 101 x 0.333 x 7/30 = 7.8477
        (Stretch(), rule(ratio=ratio((2, 1000), (4, 800))), 200_00),
        (Stretch(), rule(ratio=ratio((0, 1000))), 0),
        (Stretch(capacity=0), rule(over_capacity=0), 0),
        (Stretch(capacity=1), rule(over_capacity=0), 200_00),
        (Stretch(), rule(over_capacity=0), 200_00),  # no capacity is none to be over
        (Stretch(result=81_60), rule(results=results((60_00, 800), (80_00, 1000))), 200_00),
        (Stretch(result=79_99), rule(results=results((60_00, 800), (80_00, 1000))), 160_00),
        (Stretch(result=80_00), rule(results=results((60_00, 800), (80_00, 1000))), 200_00),
        (Stretch(result=60_00), rule(results=results((60_00, 800), (80_00, 1000))), 160_00),
        (Stretch(result=59_99), rule(results=results((60_00, 800), (80_00, 1000))), 0),
        (Stretch(), rule(results=results((60_00, 1000)), undecided=500), 100_00),
        (Stretch(result=95_00, decided=False), rule(results=results((60_00, 1000))), 0),
        (Stretch(), rule(valid=Period(november(16))), 100_00),
        (Stretch(), rule(least_minutes=1), 0),
    ],
)
def test_a_pair_s_month(stretch: Stretch, given: Rule, amount: int) -> None:
    assert one(stretch, given) == amount


def test_hours_count_on_their_day_and_of_their_kind() -> None:
    entries = [
        Entry("p1", november(1), 90),
        Entry("p1", november(20), 45),
        Entry("p1", november(20), 600, session=True),
    ]
    assert one(Stretch(), hourly(), *entries) == 22_50  # 135 minutes at 10.00
    assert one(Stretch(), hourly(basis=Basis.SESSION_HOUR), *entries) == 100_00
    found = run(NOVEMBER, [hourly()], pairs(Stretch(end=november(20))), hours(*entries))
    assert amounts(found) == [15_00]
    assert found.unpaid == (Unpaid("p1", Why.OUTSIDE),)


def test_a_minimum_asks_for_minutes_or_weeks_of_the_whole_month() -> None:
    sunday_and_monday = [Entry("p1", november(1), 30), Entry("p1", november(2), 30)]  # two ISO weeks
    assert one(Stretch(), rule(least_weeks=2), *sunday_and_monday) == 200_00
    assert one(Stretch(), rule(least_weeks=3), *sunday_and_monday) == 0
    assert one(Stretch(), rule(least_minutes=60), *sunday_and_monday) == 200_00
    assert one(Stretch(), rule(least_minutes=61), *sunday_and_monday) == 0
    assert one(Stretch(), rule(least_minutes=60), Entry("p1", november(1), 60, session=True)) == 0
    nothing_done = [*sunday_and_monday, Entry("p1", november(9), 0)]
    assert one(Stretch(), rule(least_weeks=3), *nothing_done) == 0
    monday_and_tuesday = [Entry("p1", november(2), 30), Entry("p1", november(3), 30)]
    assert one(Stretch(), rule(least_weeks=2), *monday_and_tuesday) == 0


def test_the_ratio_follows_the_number_of_apprentices_day_by_day() -> None:
    found = run(
        NOVEMBER,
        [rule(kinds=("master_apprentice",), roles=("master",), ratio=ratio((1, 1000), (2, 800)))],
        pairs(
            Stretch(),
            Stretch("p2", apprentice="a2", start=november(11), end=november(21)),
            Stretch("p3", apprentice="a3", kind="college_tutor"),  # not of the rule's kind: not counted
            # The same apprentice once more counts once; a deputy is not of the rule's roles.
            Stretch("p4", apprentice="a2", start=november(16), end=november(18)),
            Stretch("p5", apprentice="a5", role="deputy"),
        ),
    )
    lines = {line.pair: line for line in found}
    # p1: 10 and 10 days alone, 10 days beside a2 at 80 %.
    assert lines["p1"].amount == 186_67  # 200 x (20 + 10 x 0.8) / 30 = 186.666…
    assert [(part.start.day, part.days, part.apprentices) for part in lines["p1"].parts] == [
        (1, 10, 1),
        (11, 10, 2),
        (21, 10, 1),
    ]
    # p2 and p4 are for the same apprentice and rounded together: 200 x 12 x 0.8 / 30 = 64.00
    assert lines["p2"].amount + lines["p4"].amount == 64_00
    assert "p3" not in lines


def test_a_change_of_stage_makes_two_parts_and_one_line() -> None:
    given = [rule(stages=("1",)), rule("second", 300_00, component="master", stages=("2",))]
    found = run(NOVEMBER, given, pairs(Stretch(end=november(13)), Stretch(start=november(13), stage="2")))
    assert paid(found) == {("p1", "master", 1): 80_00, ("p1", "second", 1): 180_00}
    same = run(NOVEMBER, [rule()], pairs(Stretch(end=november(13)), Stretch(start=november(13), stage="2")))
    assert [(line.amount, len(line.parts)) for line in same] == [(200_00, 2)]


def test_a_new_version_in_the_month_pays_its_own_days() -> None:
    given = [
        rule(valid=Period(date(2026, 1, 1), november(16))),
        rule(amount=240_00, version=2, valid=Period(november(16))),
    ]
    found = run(NOVEMBER, given, pairs(Stretch()))
    assert paid(found) == {("p1", "master", 1): 100_00, ("p1", "master", 2): 120_00}


def test_the_greater_priority_takes_the_day() -> None:
    given = [
        rule(
            "welding",
            300_00,
            component="master",
            occupations=("welder",),
            priority=1,
            valid=Period(november(21)),
        ),
        rule(),
    ]
    found = run(NOVEMBER, given, pairs(Stretch(), Stretch("p2", apprentice="a2", occupation="fitter")))
    assert paid(found) == {
        ("p1", "master", 1): 133_33,
        ("p1", "welding", 1): 100_00,
        ("p2", "master", 1): 200_00,
    }


def test_shares_and_deputies_lose_no_cent() -> None:
    halves = [Stretch(share=500), Stretch("p2", "t2", share=500)]
    assert amounts(run(NOVEMBER, [rule(amount=101)], pairs(*halves))) == [51, 50]
    parts = [Stretch(share=600), Stretch("p2", "t2", share=400)]
    assert amounts(run(NOVEMBER, [rule(amount=101)], pairs(*parts))) == [61, 40]
    days = [
        Stretch(end=november(8)),
        Stretch(start=november(12)),
        Stretch("p2", "t2", role="deputy", start=november(8), end=november(12)),
    ]
    found = run(NOVEMBER, [rule(amount=100)], pairs(*days))
    assert paid(found) == {("p1", "master", 1): 87, ("p2", "master", 1): 13}  # 86.67 and 13.33


def test_who_pays_is_named_or_there_is_no_line() -> None:
    given = [
        rule("a", payer=Payer.COLLEGE),
        rule("b", payer=Payer.ENTERPRISE),
        rule("c", payer=Payer.SUBSIDY),
    ]
    found = run(NOVEMBER, given, pairs(Stretch(enterprise="")))
    assert [(line.rule.key, line.payer, line.payer_id) for line in found] == [
        ("a", Payer.COLLEGE, "college"),
        ("c", Payer.SUBSIDY, ""),
    ]
    assert found.unpaid == (Unpaid("p1", Why.NO_PAYER, "b"),)
    assert [len(line.parts) for line in found] == [1, 1]


def test_who_has_no_line_is_told_why() -> None:
    found = run(
        NOVEMBER,
        [rule(kinds=("master_apprentice",))],
        pairs(
            Stretch("ended", end=november(1)),
            Stretch("later", apprentice="a2", start=date(2026, 12, 1)),
            Stretch("tutor", apprentice="a3", kind="college_tutor"),
            Stretch("last_day", apprentice="a4", end=november(2)),
        ),
    )
    assert paid(found) == {("last_day", "master", 1): 6_67}
    assert found.unpaid == (
        Unpaid("ended", Why.ENDED_BEFORE),
        Unpaid("later", Why.BEGINS_AFTER),
        Unpaid("tutor", Why.NO_RULE),
    )


# ---- Caps -------------------------------------------------------------------------------------------


def test_caps_cut_in_proportion_a_pair_s_first_then_the_trainer_s_then_the_run_s() -> None:
    given = [rule("a", 100_00), rule("b", 50_00)]
    caps = [
        Cap("run", Scope.RUN, 200_00, "CNY"),
        Cap("trainer", Scope.TRAINER_MONTH, 180_00, "CNY"),
        Cap("pair", Scope.PAIR_MONTH, 120_00, "CNY"),
    ]
    found = run(
        NOVEMBER,
        given,
        pairs(Stretch(), Stretch("p2", apprentice="a2"), Stretch("p3", "t2", "a3")),
        caps=caps,
    )
    # Each pair 80 + 40; t1 has 240 and keeps 180 (60 + 30 a pair), t2 120; together 300 of which 200 are there.
    assert amounts(found) == [40_00, 20_00, 40_00, 20_00, 53_33, 26_67]
    assert found.totals() == {"CNY": 200_00}
    [first, *_] = found
    assert [(cut.cap.key, cut.before, cut.after) for cut in first.cuts] == [
        ("pair", 100_00, 80_00),
        ("trainer", 80_00, 60_00),
        ("run", 60_00, 40_00),
    ]
    assert [(cap.key, change) for cap, change in explain(first).caps] == [
        ("pair", -20_00),
        ("trainer", -20_00),
        ("run", -20_00),
    ]


def test_a_cap_holds_its_components_and_its_currency_alone() -> None:
    given = [rule("a", 100_00), rule("b", 50_00), rule("c", 90_00, currency="EUR")]
    caps = [Cap("a", Scope.PAIR_MONTH, 30_00, "CNY", ("a",)), Cap("e", Scope.PAIR_MONTH, 95_00, "EUR")]
    found = run(NOVEMBER, given, pairs(Stretch()), caps=caps)
    assert amounts(found) == [30_00, 50_00, 90_00]
    assert found.totals() == {"CNY": 80_00, "EUR": 90_00}


def test_a_cap_on_a_pair_s_total_counts_earlier_months() -> None:
    cap = Cap("total", Scope.PAIR_TOTAL, 1000_00, "CNY", ("master",))
    before = Earlier(
        ("p1", "p1", "p1", "p2"),
        ("master", "master", "other", "master"),
        ("CNY",) * 4,
        [600_00, 250_00, 999_00, 1200_00],
    )
    found = run(
        NOVEMBER, [rule()], pairs(Stretch(), Stretch("p2", apprentice="a2")), caps=[cap], earlier=before
    )
    assert amounts(found) == [150_00, 0]


def test_cuts_of_great_sums_are_exact() -> None:
    many = [Stretch(f"p{n:03}", f"t{n}", f"a{n}") for n in range(300)]
    cap = Cap("run", Scope.RUN, 29_999_999_999, "CNY")
    found = run(NOVEMBER, [rule(amount=10**8), rule("b", amount=10**8 - 1)], pairs(*many), caps=[cap])
    assert found.totals() == {"CNY": 29_999_999_999}
    assert max(abs(int(a) - b) for a, b in zip(found.lines.amount, [50_000_000] * 600, strict=True)) <= 1


# ---- One line ---------------------------------------------------------------------------------------


def test_a_line_explains_itself() -> None:
    given = rule(ratio=ratio((2, 1000)), results=results((60_00, 900)), least_weeks=1)
    found = run(
        NOVEMBER,
        [given],
        pairs(Stretch(share=600, end=november(8), result=81_60)),
        hours(Entry("p1", november(3), 60)),
    )
    [line] = found
    told = explain(line)
    [product] = told.products
    assert [(step.code, step.factor, step.value) for step in product.steps] == [
        ("amount", 20000, 20000),
        ("days", Fraction(7, 30), 7),
        ("share", Fraction(3, 5), None),
        ("apprentices", 1, 1),
        ("result", Fraction(9, 10), 8160),
        ("minimum", 1, None),
    ]
    assert told.exact == product.exact == 2520
    assert (told.rounded, told.amount) == (25_20, 25_20)


def test_a_line_of_nothing_says_which_condition_it_was() -> None:
    given = rule(over_capacity=0, results=results((60_00, 900)), least_minutes=5)
    [line] = run(NOVEMBER, [given], pairs(Stretch(capacity=0)))
    assert [(step.code, step.factor) for step in explain(line).products[0].steps if not step.factor] == [
        ("over_capacity", 0),
        ("undecided", 0),
        ("minimum", 0),
    ]


def test_an_hourly_line_explains_its_hours() -> None:
    [line] = run(NOVEMBER, [hourly()], pairs(Stretch()), hours(Entry("p1", november(3), 50)))
    told = explain(line)
    assert [(step.code, step.factor) for step in told.products[0].steps] == [
        ("amount", 1000),
        ("hours", Fraction(5, 6)),
        ("share", 1),
    ]
    assert (told.exact, told.amount) == (Fraction(2500, 3), 833)


def test_whole_months_are_said_as_whole_months() -> None:
    [line] = run(NOVEMBER, [rule(by_day=False)], pairs(Stretch(end=november(3))))
    assert explain(line).exact == 200_00
    assert [(part.start.day, part.days) for part in line.parts] == [(2, 30)]


# ---- Bytes ------------------------------------------------------------------------------------------


def test_the_bytes_are_readable_and_their_digest_stands_for_them() -> None:
    found = run(NOVEMBER, [rule()], pairs(Stretch(apprentice="学徒")))
    text = canonical(found).decode("utf-8")
    assert "学徒" in text
    assert json.loads(text)["lines"]["amount"] == [200_00]
    assert digest(found) == digest(run(november(17), [rule()], pairs(Stretch(apprentice="学徒"))))
    assert digest(found) != digest(run(NOVEMBER, [rule(version=2)], pairs(Stretch(apprentice="学徒"))))


def test_nothing_in_nothing_out() -> None:
    empty = run(NOVEMBER, [], pairs())
    assert (len(empty), empty.unpaid, empty.totals()) == (0, (), {})
    no_rules = run(NOVEMBER, [], pairs(Stretch()))
    assert no_rules.unpaid == (Unpaid("p1", Why.NO_RULE),)
    no_pairs = run(NOVEMBER, [rule(), hourly()], pairs(), caps=[Cap("c", Scope.RUN, 1, "CNY")])
    assert no_pairs.totals() == {"CNY": 0}
    assert json.loads(canonical(no_pairs))["lines"]["pair"] == []


# ---- Faults -----------------------------------------------------------------------------------------

MEET = {"rule": "master", "version": 1, "other": "second", "other_version": 1}


@pytest.mark.parametrize(
    ("rules", "code", "facts"),
    [
        ([rule(), rule("second", component="master")], "rules_meet", MEET),
        ([rule(kinds=("x", "y")), rule("second", component="master", kinds=("y",))], "rules_meet", MEET),
        (
            [rule(kinds=("x",)), rule("second", component="master", occupations=("welder",))],
            "rules_meet",
            MEET,
        ),
        ([rule(), rule(version=1)], "rule_twice", {"rule": "master", "version": 1}),
        ([rule(currency="RMB")], "currency_unknown", {"rule": "master"}),
        ([rule(amount=-1)], "amount_out_of_range", {"rule": "master"}),
        ([rule(amount=10**8 + 1)], "amount_out_of_range", {"rule": "master"}),
        ([rule(undecided=1001)], "factor_not_share", {"rule": "master"}),
        ([rule(ratio=ratio((2, 1000), (2, 800)))], "bands_not_rising", {"rule": "master"}),
        ([rule(ratio=ratio((None, 1000), (2, 800)))], "bands_not_rising", {"rule": "master"}),
        ([rule(results=results((80_00, 1000), (60_00, 800)))], "bands_not_rising", {"rule": "master"}),
        ([rule(least_weeks=-1)], "number_negative", {"rule": "master"}),
        ([rule(least_minutes=-1)], "number_negative", {"rule": "master"}),
        ([rule(valid=Period(NOVEMBER, NOVEMBER))], "never_valid", {"rule": "master"}),
        (
            [
                rule(valid=Period(date(2026, 1, 1), NOVEMBER)),
                rule(version=2, currency="EUR", valid=Period(NOVEMBER)),
            ],
            "versions_differ",
            {"rule": "master"},
        ),
    ],
)
def test_rules_that_make_no_sense_are_named(rules: list[Rule], code: str, facts: dict) -> None:
    found = {fault.code: fault.facts for fault in check(NOVEMBER, rules, pairs(Stretch()))}
    assert found[f"allowances.{code}"] == facts
    with pytest.raises(RunFaulty, match=f"allowances.{code}"):
        run(NOVEMBER, rules, pairs(Stretch()))


@pytest.mark.parametrize(
    "rules",
    [
        [rule(), rule("second")],  # another component
        [rule(kinds=("x",)), rule("second", component="master", kinds=("y",))],
        [rule(), rule("second", component="master", priority=1)],
        [rule(valid=Period(date(2026, 1, 1), NOVEMBER)), rule(version=2, valid=Period(NOVEMBER))],
    ],
)
def test_rules_that_never_meet_are_no_fault(rules: list[Rule]) -> None:
    assert check(NOVEMBER, rules, pairs(Stretch())) == ()


@pytest.mark.parametrize(
    ("stretches", "code", "facts"),
    [
        ([Stretch(), Stretch(start=november(5))], "pair_days_twice", {"pair": "p1", "day": november(5)}),
        (
            [Stretch(), Stretch(trainer="t2", start=november(5))],
            "pair_has_two",
            {"pair": "p1", "what": "trainer"},
        ),
        ([Stretch(share=1001)], "share_not_share", {"pair": "p1"}),
        ([Stretch(start=november(2), end=november(1))], "end_before_start", {"pair": "p1"}),
        ([Stretch(start=None)], "start_missing", {"pair": "p1"}),  # type: ignore[arg-type]
        ([Stretch(pair="")], "pair_without_name", {"pair": ""}),
        ([Stretch(capacity=-2)], "capacity_negative", {"pair": "p1"}),
        ([Stretch(result=100_01)], "result_not_percent", {"pair": "p1"}),
    ],
)
def test_pairs_that_make_no_sense_are_named(stretches: list[Stretch], code: str, facts: dict) -> None:
    found = {fault.code: fault.facts for fault in check(NOVEMBER, [rule()], pairs(*stretches))}
    assert found[f"allowances.{code}"] == facts


def test_hours_caps_and_columns_that_make_no_sense_are_named() -> None:
    bad = hours(
        Entry("nobody", november(1), 5), Entry("p1", november(1), -5), Entry("p1", date(2026, 12, 1), 5)
    )
    caps = [Cap("c", Scope.RUN, -1, "CNY"), Cap("c", Scope.RUN, 1, "XXX")]
    codes = [fault.code for fault in check(NOVEMBER, [rule()], pairs(Stretch()), bad, caps)]
    assert codes == [
        f"allowances.{code}"
        for code in (
            "cap_twice",
            "number_negative",
            "currency_unknown",
            "pair_unknown",
            "minutes_out_of_range",
            "day_outside_month",
        )
    ]
    uneven = replace(pairs(Stretch()), share=[1, 2])
    assert [fault.code for fault in check(NOVEMBER, [], uneven)] == ["allowances.columns_uneven"]
    halves = replace(pairs(Stretch()), share=np.array([0.5]))
    with pytest.raises(TypeError, match="whole numbers"):
        check(NOVEMBER, [], halves, Hours())
