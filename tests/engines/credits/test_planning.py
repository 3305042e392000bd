"""The shortest way: against every choice there is, and what must hold whatever goes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.credits import (
    Area,
    Credit,
    Effort,
    Goal,
    Limit,
    Minimum,
    Offer,
    Problem,
    ProblemFaulty,
    Rule,
    check,
    missing_points,
    plan,
    unused,
)
from tests.engines.credits import plain

ON = plain.ON
FEW = settings(max_examples=60, deadline=None)


def credit(one: str, points: object = 3, source: str = "college", **more: object) -> Credit:
    return Credit(one, source, "theory", points, date(2025, 1, 1), **more)  # type: ignore[arg-type]


ONE_FOR_ONE = Rule("college", "major")


@FEW
@given(plain.problems())
def test_no_other_choice_is_better(problem: Problem) -> None:
    found = plan(problem)
    assert found.proven_optimal
    assert (found.missing, found.weeks) == plain.best(problem)
    assert found.bound == found.missing


@FEW
@given(plain.problems())
def test_what_is_planned_keeps_everything(problem: Problem) -> None:
    found = plan(problem)
    used = {use.credit: use for use in found.uses}
    assert len(used) == len(found.uses)  # no double use
    assert len({step.id for step in found.steps}) == len(found.steps)
    by_id = {one.id: one for one in problem.credits}
    for name, use in used.items():
        assert use.rule in plain.ways(problem, by_id[name])
        assert use.points == plain.worth(use.rule, by_id[name]) <= Fraction(by_id[name].points)
        assert use.area == use.rule.to_area
    chosen = tuple(used[one.id].rule if one.id in used else None for one in problem.credits)
    steps = tuple(offer in found.steps for offer in problem.goal.offers)
    assert plain.kept(problem, (chosen, steps))
    assert plain.away(problem, (chosen, steps)) == (found.missing, found.weeks)
    assert found.away == plain.away(problem, (chosen, tuple(False for _ in steps)))[0]
    assert found.missing == missing_points(problem, found.uses, found.steps)


@FEW
@given(plain.problems(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(problem: Problem, chance: object) -> None:
    def mixed(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(chance.sample(rows, len(rows)))  # type: ignore[attr-defined]

    goal = problem.goal
    other = replace(
        problem,
        credits=mixed(problem.credits),
        rules=mixed(problem.rules),
        goal=replace(goal, areas=mixed(goal.areas), minima=mixed(goal.minima), offers=mixed(goal.offers)),
    )
    first, second = plan(problem), plan(other)
    assert [(use.credit, use.area, use.points) for use in first.uses] == [
        (use.credit, use.area, use.points) for use in second.uses
    ]
    assert first.steps == second.steps


@FEW
@given(plain.problems(), plain.a_credit("more"))
def test_more_credits_never_lengthen_the_way(problem: Problem, more: Credit) -> None:
    before = plan(problem)
    after = plan(replace(problem, credits=(*problem.credits, more)))
    assert (after.missing, after.weeks) <= (before.missing, before.weeks)


@FEW
@given(plain.problems())
def test_a_rule_outside_its_days_gives_nothing(problem: Problem) -> None:
    gone = [rule for rule in problem.rules if not rule.holds(problem.on)]
    found = plan(problem)
    assert not [use for use in found.uses if use.rule in gone]
    ended = tuple(replace(rule, valid_from=None, valid_to=date(2026, 5, 31)) for rule in problem.rules)
    assert plan(replace(problem, rules=ended)).uses == ()


# ---- By hand ----------------------------------------------------------------------------------------


def shown(problem: Problem) -> tuple[object, ...]:
    found = plan(problem)
    return (
        [use.credit for use in found.uses],
        found.away,
        [step.id for step in found.steps],
        found.weeks,
        found.missing,
    )


def test_fourteen_away_and_three_steps_are_quickest() -> None:
    offers = (
        Offer("slow", "major", 14, 20),
        Offer("a", "major", 6, 6),
        Offer("b", "major", 4, 5),
        Offer("c", "general", 4, 4),
        Offer("d", "general", 4, 9),
    )
    goal = Goal(20, (Area("major", 10), Area("general", 4)), (), offers)
    problem = Problem(ON, (credit("x"), credit("y")), (ONE_FOR_ONE,), goal)
    assert shown(problem) == (["x", "y"], 14, ["a", "b", "c"], 15, 0)


def test_a_credit_is_used_whole_or_not_at_all() -> None:
    credits = (credit("five", 5), credit("four", 4), credit("three", 3))
    capped = (Rule("college", "major", 1, 8),)
    assert shown(Problem(ON, credits, capped, Goal(10)))[:2] == (["five", "three"], 2)
    assert shown(Problem(ON, credits[:1], (Rule("college", "major", 1, 4),), Goal(10)))[:2] == ([], 10)
    area = Goal(10, (Area("major", 0, 7),))
    assert shown(Problem(ON, credits, (ONE_FOR_ONE,), area))[:2] == (["four", "three"], 3)


def test_a_credit_of_several_rules_goes_where_it_is_wanted() -> None:
    rules = (Rule("college", "general"), ONE_FOR_ONE)
    goal = Goal(6, (Area("major", 3), Area("general", 3)))
    found = plan(Problem(ON, (credit("x"), credit("y")), rules, goal))
    assert found.missing == 0
    assert found.held == {"major": 3, "general": 3}


def test_an_area_without_a_rule_gives_nothing() -> None:
    named_alike = Credit("x", "college", "major", 3, date(2025, 1, 1))
    problem = Problem(ON, (named_alike,), (Rule("licence", "major"),), Goal(3, (Area("major"),)))
    assert shown(problem)[:2] == ([], 3)


def test_minima_of_areas_add_up_and_a_point_fills_several_kinds_of_gap() -> None:
    goal = Goal(10, (Area("major", 4), Area("general", 5)), (Minimum("college", 2),))
    assert plan(Problem(ON, (), (), goal)).missing == 10
    assert plan(Problem(ON, (), (), replace(goal, total=3))).missing == 9
    held = Problem(ON, (credit("x", 12, "licence"),), (Rule("licence", "major"),), goal)
    assert plan(held).missing == 5  # all of general; two of them at the college


def test_institutions_count_by_who_gave_the_credit() -> None:
    credits = (credit("x", 3), credit("y", 3, "licence", institution="college"), credit("z", 9, "licence"))
    rules = (ONE_FOR_ONE, Rule("licence", "major"))
    goal = Goal(5, (), (Minimum("college", 6),))
    assert shown(Problem(ON, credits, rules, goal))[:2] == (["x", "y"], 0)
    steps = (Offer("here", "major", 3, 2, "college"), Offer("there", "major", 3, 1))
    assert shown(Problem(ON, credits[:1], rules, replace(goal, offers=steps))) == (["x"], 3, ["here"], 2, 0)


def test_nothing_is_spent_that_is_not_needed_and_the_first_to_expire_goes_first() -> None:
    credits = (
        credit("a"),
        credit("b", expires_on=date(2027, 1, 1)),
        credit("c", expires_on=date(2026, 12, 1)),
    )
    assert shown(Problem(ON, credits, (ONE_FOR_ONE,), Goal(6)))[0] == ["b", "c"]
    assert shown(Problem(ON, credits, (ONE_FOR_ONE,), Goal(0)))[0] == []


def test_last_days_are_included() -> None:
    credits = (credit("today", expires_on=ON), credit("gone", expires_on=date(2026, 5, 31)))
    rule = replace(ONE_FOR_ONE, valid_from=ON, valid_to=ON)
    assert shown(Problem(ON, credits, (rule,), Goal(6)))[0] == ["today"]


def test_limits_count_credits_or_points() -> None:
    credits = tuple(credit(one) for one in "abcd")
    three = Limit("certificates", frozenset("abcd"), count=3)
    assert plan(Problem(ON, credits, (ONE_FOR_ONE,), Goal(12), (three,))).away == 3
    year = Limit("year", frozenset("ab"), points=5)
    assert plan(Problem(ON, credits, (ONE_FOR_ONE,), Goal(12), (three, year))).away == 3
    assert plan(Problem(ON, credits[:2], (ONE_FOR_ONE,), Goal(12), (year,))).away == 9


def test_figures_are_exact() -> None:
    tenths = tuple(credit(f"t{at}", Decimal("0.1")) for at in range(3))
    assert plan(Problem(ON, tenths, (ONE_FOR_ONE,), Goal(Decimal("0.3")))).missing == 0
    thirds = tuple(credit(f"t{at}", 1) for at in range(3))
    rule = (replace(ONE_FOR_ONE, rate=Fraction(1, 3)),)
    assert plan(Problem(ON, thirds, rule, Goal(1))).missing == 0
    rounded = (replace(rule[0], whole=True),)
    assert plan(Problem(ON, (credit("x", 7),), rounded, Goal(3))).held == {"major": 2}


def test_without_time_nothing_is_claimed() -> None:
    found = plan(Problem(ON, (credit("x"),), (ONE_FOR_ONE,), Goal(6)), Effort(0))
    assert (found.uses, found.missing, found.bound, found.proven_optimal) == ((), 6, 0, False)


# ---- Why not ----------------------------------------------------------------------------------------


def reasons(problem: Problem) -> dict[str, tuple[str, dict[str, object]]]:
    return {one.credit: (one.code, dict(one.facts)) for one in unused(plan(problem))}


def test_why_a_credit_is_not_used() -> None:
    credits = (
        credit("old", expires_on=date(2026, 5, 31)),
        replace(credit("new"), earned_on=date(2026, 6, 2)),
        credit("strange", source="club"),
        credit("later", source="licence"),
        credit("ended", source="master"),
        credit("nothing", source="fair"),
        credit("big", 9),
        credit("four", 4),
        credit("three", 3),
        credit("two", 2),
    )
    rules = (
        Rule("college", "major", 1, 7),
        Rule("licence", "major", valid_from=date(2026, 9, 1)),
        Rule("master", "major", valid_to=date(2026, 1, 31)),
        Rule("fair", "major", 0),
    )
    assert reasons(Problem(ON, credits, rules, Goal(40))) == {
        "old": ("expired", {"expires": date(2026, 5, 31)}),
        "new": ("not_yet", {"earned": date(2026, 6, 2)}),
        "strange": ("no_rule", {"source": "club", "area": "theory"}),
        "later": ("not_on_day", {"first": date(2026, 9, 1)}),
        "ended": ("not_on_day", {"last": date(2026, 1, 31)}),
        "nothing": ("gives_nothing", {"points": 3}),
        "big": ("too_large", {"points": 9, "most": 7}),
        "two": ("cap_reached", {"area": "major", "points": 2, "most": 7, "taken": 7}),
    }


def test_why_a_usable_credit_waits() -> None:
    credits = (credit("a"), credit("b"))
    assert reasons(Problem(ON, credits, (ONE_FOR_ONE,), Goal(3))) == {
        "b": ("not_needed", {"area": "major", "points": 3})
    }
    full = reasons(Problem(ON, credits, (ONE_FOR_ONE,), Goal(9, (Area("major", 0, 5),))))
    assert full == {"b": ("area_full", {"area": "major", "points": 3, "most": 5, "taken": 3})}
    two = (Limit("half", frozenset("ab"), points=5),)
    assert reasons(Problem(ON, credits, (ONE_FOR_ONE,), Goal(9), two)) == {
        "b": ("limit_reached", {"area": "major", "points": 3, "limit": "half", "most": 5, "taken": 3})
    }
    one = (Limit("certificates", frozenset("ab"), count=1),)
    assert reasons(Problem(ON, credits, (ONE_FOR_ONE,), Goal(9), one)) == {
        "b": ("limit_reached", {"area": "major", "points": 3, "limit": "certificates", "count": 1})
    }


@FEW
@given(plain.problems())
def test_every_credit_is_used_or_has_its_reason(problem: Problem) -> None:
    found = plan(problem)
    told = {one.credit for one in unused(found)}
    assert told | {use.credit for use in found.uses} == {one.id for one in problem.credits}
    assert not told & {use.credit for use in found.uses}


# ---- What is no problem -----------------------------------------------------------------------------


def test_every_fault_has_its_place() -> None:
    bad = Problem(
        ON,
        (credit("x", -1), credit("x", Decimal("NaN")), credit("y", expires_on=date(2024, 1, 1))),
        (
            Rule("college", "major", Decimal("1.5")),
            Rule("college", "major", Decimal("1E-999999")),
            Rule("college", "major", 1, -1, date(2026, 2, 1), date(2026, 1, 1)),
        ),
        Goal(
            10**7,
            (Area("major", 5, 3), Area("major", -1, Decimal("Infinity"))),
            (Minimum("a", 1), Minimum("a", -1)),
            (Offer("o", "major", Fraction(1, 10**7), -1), Offer("o", "major", 1, 1)),
        ),
        (Limit("year", frozenset(), -1, -1),),
    )
    assert {(fault.place, fault.code.removeprefix("credits.")) for fault in check(bad)} == {
        ("account.credits[1].id", "twice"),
        ("account.credits[0].points", "negative"),
        ("account.credits[1].points", "not_a_number"),
        ("account.credits[2].expires_on", "expires_before_earned"),
        ("rules.rule[0].rate", "rate_above_one"),
        ("rules.rule[1].rate", "too_fine"),
        ("rules.rule[2].cap", "negative"),
        ("rules.rule[2].valid_to", "ends_before_it_begins"),
        ("goal.total", "too_large"),
        ("goal.area[0].max", "most_below_least"),
        ("goal.area[1].key", "twice"),
        ("goal.area[1].min", "negative"),
        ("goal.area[1].max", "not_a_number"),
        ("goal.institution[1].key", "twice"),
        ("goal.institution[1].min", "negative"),
        ("goal.offer[0].points", "too_fine"),
        ("goal.offer[0].weeks", "negative"),
        ("goal.offer[1].id", "twice"),
        ("limits[0].points", "negative"),
        ("limits[0].count", "negative"),
    }
    with pytest.raises(ProblemFaulty):
        plan(bad)


def test_what_cannot_be_added_up_exactly_is_refused() -> None:
    primes = (999983, 999979, 999961, 999959)
    credits = tuple(credit(f"c{prime}", Fraction(1, prime)) for prime in primes)
    (fault,) = check(Problem(ON, credits, (ONE_FOR_ONE,), Goal(1)))
    assert fault.code == "credits.units_too_many"
