"""Reasons, against every choice there is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from craftpath.engines.curriculum import (
    Effort,
    Kind,
    Limits,
    Problem,
    Unit,
    WhyIn,
    WhyOut,
    Wish,
    check,
    explaining,
    gain,
    gains,
    planning,
    why_in,
    why_out,
)
from craftpath.engines.curriculum.solving import Budget
from tests.engines.curriculum import plain
from tests.engines.curriculum.test_choosing import FEW, TURNERS, chosen, unit


@FEW
@given(plain.problems(4) | plain.problems(4, plain.long), st.booleans())
def test_the_cost_is_that_of_the_best_plan_with_the_unit(problem: Problem, fill: bool) -> None:
    problem = replace(problem, fill=fill)
    assume(not check(problem))
    plan = chosen(problem)
    assume(plan is not None)
    assert plan is not None
    for one in problem.units:
        if one.id in plan.stage:
            continue
        told = why_out(plan, one.id)
        free = tuple(each for each in problem.forbidden if each != one.id)
        best = plain.best(replace(problem, forbidden=free, pinned=(*problem.pinned, one.id)))
        if told.loss is None:
            assert best is None
            continue
        assert (told.loss, told.proven) == (plan.objective - best, True)
        with_it = (set(plan.stage) | {one.id} | set(told.comes)) - set(told.leaves)
        assert told.code is not WhyOut.ADDS_NOTHING or with_it > set(plan.stage)


@FEW
@given(plain.problems(4) | plain.problems(4, plain.long))
def test_of_plans_worth_the_same_the_nearest_is_shown(problem: Problem) -> None:
    assume(not check(problem))
    plan = chosen(problem)
    assume(plan is not None)
    assert plan is not None
    here = set(plan.stage.items())
    for one in problem.units:
        asked = replace(problem, pinned=(*problem.pinned, one.id))
        other = None if one.id in problem.forbidden else planning.best(asked, Budget(Effort()))
        if other is not None:
            near = explaining.nearest(plan, other, Budget(Effort()))
            as_good = [c for c in plain.choices(asked) if plain.worth(asked, c) == other.objective]
            assert len(here ^ set(near.stage.items())) == min(len(here ^ set(c.items())) for c in as_good)


@FEW
@given(plain.problems(4))
def test_what_the_units_of_a_plan_add_is_what_it_covers(problem: Problem) -> None:
    assume(not check(problem))
    plan = chosen(problem)
    assume(plan is not None)
    assert plan is not None
    told = why_in(plan)
    assert [one.unit for one in told] == list(plan.order)
    for skill, cover in plan.covered.items():
        assert sum((one.adds.get(skill, Fraction(0)) for one in told), Fraction(0)) == cover
    for one in told:
        rest = {each: stage for each, stage in plan.stage.items() if each != one.unit}
        assert one.loses == plan.objective - plain.worth(problem, rest)


@FEW
@given(plain.problems(4))
def test_what_more_buys_is_the_difference_of_two_best_plans(problem: Problem) -> None:
    assume(not check(problem) and problem.limits.hours is not None)
    plan = chosen(problem)
    assume(plan is not None)
    assert plan is not None
    hours = problem.limits.hours or 0
    told = gain(plan, Wish(Kind.HOURS, value=hours), 3)
    richer = plain.best(replace(problem, limits=replace(problem.limits, hours=hours + 3)))
    assert told.gain == told.most == richer - plan.objective


def test_reasons_by_hand() -> None:
    plan = chosen(TURNERS)
    assert plan is not None
    told = {one.unit: one for one in why_in(plan)}
    assert told["drawings"].code is WhyIn.COVERS
    assert told["drawings"].needed_by == ("measuring",)
    assert told["drawings"].adds == {"reads": Fraction(1, 2)}
    out = why_out(plan, "turning")
    # With turning there are four hours left: nothing else fits.
    assert (out.code, out.loss, out.leaves) == (
        WhyOut.COSTS,
        Fraction(3, 2),
        ("drawings", "measuring", "talk"),
    )
    with pytest.raises(ValueError, match="in the plan"):
        why_out(plan, "talk")


def test_every_reason_for_a_unit_that_is_in() -> None:
    problem = Problem(
        (
            unit("pin", 1, {}),
            unit("first", 1, {}),
            unit("then", 1, {"reads": 1}, needs_before=("first",)),
            Unit("duty", 3, "school", (1,), "civics", {}),
        ),
        {"reads": 1},
        Limits(area_min={"civics": 3}),
        pinned=("pin",),
    )
    plan = chosen(problem)
    assert plan is not None
    assert {one.unit: one.code for one in why_in(plan)} == {
        "pin": WhyIn.PINNED,
        "first": WhyIn.NEEDED,
        "then": WhyIn.COVERS,
        "duty": WhyIn.REQUIRED,
    }


def test_a_unit_that_only_uses_hours() -> None:
    plan = chosen(Problem((unit("reads", 2, {"reads": 1}), unit("games", 3, {})), {"reads": 1}, fill=True))
    assert plan is not None
    assert {one.unit: one.code for one in why_in(plan)} == {"reads": WhyIn.COVERS, "games": WhyIn.FILLS}


def test_numbers_too_long_for_steps_are_filled_and_compared_like_others() -> None:
    units = tuple(unit(one, 2, {one: 1}) for one in ("reads", "talks"))
    extras = tuple(unit(f"game{at}", 3, {}) for at in range(3))
    needs = {"reads": 1.1234567890123456, "talks": 2.2345678901234567}
    plan = chosen(Problem((*units, *extras), needs, Limits(hours=10), fill=True))
    assert plan is not None
    assert (plan.hours, plan.proven_optimal) == (10, True)
    (out,) = {"game0", "game1", "game2"} - set(plan.stage)
    told = why_out(plan, out)
    assert (told.code, len(told.leaves), told.comes) == (WhyOut.TIED, 1, ())


def test_every_reason_for_a_unit_that_is_out() -> None:
    problem = Problem(
        (
            unit("in", 4, {"reads": 1}),
            unit("other", 4, {"reads": 1}),
            unit("nothing", 2, {"sings": 1}),
            unit("banned", 2, {"talks": 1}),
            unit("after_banned", 2, {"talks": 1}, needs_before=("banned",)),
            Unit("late", 2, "school", (2,), "trade", {}),
            unit("before_late", 2, {"talks": 1}, needs_before=("late",)),
            unit("long", 40, {"talks": 1}),
            unit("dear", 6, {"reads": 0.5, "talks": 0.1}),
        ),
        {"reads": 1, "talks": 1},
        Limits(hours=7),
        pinned=("in",),
        forbidden=("banned",),
    )
    free = replace(problem, pinned=())
    plan = chosen(free)
    assert plan is not None
    (there,) = plan.order
    other = {"in": "other", "other": "in"}[there]
    told = {one.id: why_out(plan, one.id) for one in problem.units if one.id != there}
    assert {one: out.code for one, out in told.items()} == {
        other: WhyOut.TIED,
        "nothing": WhyOut.ADDS_NOTHING,
        "banned": WhyOut.FORBIDDEN,
        "after_banned": WhyOut.BEFORE_FORBIDDEN,
        "late": WhyOut.ADDS_NOTHING,
        "before_late": WhyOut.BEFORE_LATER,
        "long": WhyOut.CANNOT_FIT,
        "dear": WhyOut.COSTS,
    }
    assert told["banned"].loss == -1  # what the ban costs
    assert told["after_banned"].units == ("banned",)
    assert told["before_late"].units == ("late",)
    assert told["long"].wishes == (Wish(Kind.HOURS, value=7),)
    assert (told["dear"].leaves, told["dear"].loss) == ((there,), Fraction(4, 10))


def test_a_better_plan_that_turns_up_with_a_unit_is_told_as_such() -> None:
    plan = planning.plan_of(TURNERS, {"talk": 1}, Fraction(3))
    told = why_out(plan, "drawings")
    assert (told.code, told.loss, told.proven) == (WhyOut.BETTER, Fraction(-11, 5), True)


def test_a_proof_that_a_better_plan_refutes_leaves_no_span_upside_down() -> None:
    plan = planning.plan_of(TURNERS, {"talk": 1}, Fraction(0))
    assert plan.proven_optimal
    told = why_out(plan, "drawings")
    assert (told.loss, told.least) == (Fraction(-11, 5), Fraction(-11, 5))


def test_reasons_do_not_look_for_plans_with_most_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = chosen(replace(TURNERS, fill=True))
    assert plan is not None
    asked = []
    monkeypatch.setattr(
        planning, "_settled", lambda model, placed, budget: asked.append(model.problem.fill) or placed
    )
    why_out(plan, "turning")
    gain(plan, Wish(Kind.HOURS, value=24), 20)
    assert asked == [False, False]


def test_gains_ask_for_every_limit() -> None:
    plan = chosen(replace(TURNERS, limits=Limits(hours=24, place={"school": 30}, area_min={"trade": 5})))
    assert plan is not None
    told = list(gains(plan, (20,)))
    assert [(one.wish.kind, one.gain) for one in told] == [
        (Kind.HOURS, Fraction(0)),
        (Kind.PLACE, Fraction(0)),
        (Kind.AREA_MIN, Fraction(0)),
    ]
    ample = chosen(replace(TURNERS, limits=Limits(hours=24)))
    assert ample is not None
    (more,) = gains(ample, (20,))
    assert (more.gain, more.comes, more.leaves) == (Fraction(9, 10), ("turning",), ())
