"""The best plan, against every choice there is and by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from craftpath.engines.curriculum import (
    Effort,
    Limits,
    NothingFits,
    Plan,
    Problem,
    TimeRanOut,
    Unit,
    check,
    choose,
    picked,
    planning,
    solving,
)
from craftpath.engines.curriculum.covering import objective
from craftpath.engines.curriculum.model import Row
from tests.engines.curriculum import plain

SOME = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(SOME, max_examples=25)


def chosen(problem: Problem) -> Plan | None:
    assert not check(problem)
    try:
        return choose(problem)
    except NothingFits:
        return None


def held(problem: Problem, plan: Plan) -> None:
    """The plan keeps everything, says what it covers, and stands in an order that can be taught."""
    assert plain.kept(problem, dict(plan.stage))
    assert sorted(plan.order) == sorted(plan.stage)
    assert plan.objective == plain.worth(problem, dict(plan.stage))
    assert plan.objective == sum(
        Fraction(str(problem.needs[skill])) * cover for skill, cover in plan.covered.items()
    )
    place = {one: at for at, one in enumerate(plan.order)}
    assert [plan.stage[one] for one in plan.order] == sorted(plan.stage.values())
    for unit in problem.units:
        if unit.id in place:
            assert all(place[before] < place[unit.id] for before in unit.needs_before)


@SOME
@given(plain.problems())
def test_no_choice_is_better(problem: Problem) -> None:
    assume(not check(problem))
    plan, best = chosen(problem), plain.best(problem)
    if plan is None:
        assert best is None
        return
    held(problem, plan)
    assert (plan.objective, plan.bound, plan.proven_optimal) == (best, best, True)


@FEW
@given(plain.problems(4, plain.long))
def test_numbers_of_any_length_are_proved_too(problem: Problem) -> None:
    assume(not check(problem))
    plan, best = chosen(problem), plain.best(problem)
    assert (plan and plan.objective, plan and plan.bound) == (best, best)


@FEW
@given(plain.problems())
def test_the_solver_for_large_problems_finds_the_same(problem: Problem) -> None:
    assume(not check(problem))
    usual, solving.SMALL = solving.SMALL, 0
    try:
        plan = chosen(problem)
    finally:
        solving.SMALL = usual
    assert (plan and plan.objective) == (plan and plan.bound) == plain.best(problem)


@FEW
@given(plain.problems(), st.integers(1, 10))
def test_more_hours_never_cover_less(problem: Problem, more: int) -> None:
    assume(not check(problem) and problem.limits.hours is not None)
    plan = chosen(problem)
    assume(plan is not None)
    limits = replace(problem.limits, hours=(problem.limits.hours or 0) + more)
    richer = chosen(replace(problem, limits=limits))
    assert richer is not None
    assert plan is not None
    assert richer.objective >= plan.objective


@FEW
@given(plain.problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(problem: Problem, chance: object) -> None:
    assume(not check(problem))
    units, needs = list(problem.units), list(problem.needs.items())
    chance.shuffle(units)  # type: ignore[attr-defined]
    chance.shuffle(needs)  # type: ignore[attr-defined]
    plan, other = chosen(problem), chosen(replace(problem, units=tuple(units), needs=dict(needs)))
    assert (plan and plan.order) == (other and other.order)


@FEW
@given(plain.problems())
def test_the_plan_by_habit_is_below_the_bound(problem: Problem) -> None:
    assume(not check(problem))
    habit, plan = picked(problem), chosen(problem)
    if plan is not None and plain.kept(problem, dict(habit)):
        assert objective(problem, habit) <= plan.bound


def unit(one: str, hours: int, skills: dict[str, float], **more: object) -> Unit:
    return Unit(one, hours, "school", (1,), "trade", skills, **more)  # type: ignore[arg-type]


TURNERS = Problem(
    (
        unit("drawings", 10, {"reads": 0.5}),
        unit("measuring", 8, {"reads": 0.3, "plans": 0.4}, needs_before=("drawings",)),
        unit("talk", 6, {"talks": 0.8}),
        unit("turning", 20, {"plans": 1}),
    ),
    {"reads": 2, "talks": 1, "plans": 1.5},
    Limits(hours=24),
)


def test_a_plan_by_hand() -> None:
    plan = choose(TURNERS)
    assert plan.order == ("drawings", "talk", "measuring") or plan.order == ("drawings", "measuring", "talk")
    assert plan.covered == {"reads": Fraction(8, 10), "talks": Fraction(8, 10), "plans": Fraction(4, 10)}
    assert (plan.objective, plan.hours) == (Fraction(3), 24)
    assert plan.share == Fraction(3) / Fraction(9, 2)


def test_what_adds_nothing_stays_out() -> None:
    again = unit("reading_again", 1, {"reads": 0.5})
    full = unit("reading", 1, {"reads": 1})
    plan = choose(Problem((again, full), {"reads": 1}))
    assert plan.order == ("reading",)


def test_a_stage_that_stresses_a_skill_draws_the_unit() -> None:
    team = Unit("team", 4, "shop", (1, 2), "trade", {"talks": 0.4})
    problem = Problem((team,), {"talks": 1}, emphasis={(2, "talks"): 1.5})
    assert dict(choose(problem).stage) == {"team": 2}
    assert choose(problem).covered == {"talks": Fraction(6, 10)}


def test_units_that_only_hold_one_another_leave_together() -> None:
    long, short = unit("long", 5, {}), unit("short", 1, {}, needs_before=("long",))
    problem = Problem((long, short, unit("reading", 1, {"reads": 1})), {"reads": 1})
    assert planning.lean(problem, {"long": 1, "short": 1, "reading": 1}) == {"reading": 1}


def test_small_models_whose_numbers_are_not_whole_are_solved_as_they_are() -> None:
    few = -np.ones(2)
    row = Row({0: 0.4, 1: 0.4}, low=0.5)
    answer = solving.solve([row], few, np.ones(2), solving.Budget(Effort()))
    assert answer.x is not None
    assert answer.x.tolist() == [1, 1]


@FEW
@given(plain.problems() | plain.problems(4, plain.long))
def test_hours_that_are_left_are_used_without_covering_less(problem: Problem) -> None:
    assume(not check(problem))
    full = chosen(replace(problem, fill=True))
    assume(full is not None)
    assert full is not None
    held(problem, full)
    hours = {unit.id: unit.hours for unit in problem.units}
    best = plain.best(problem)
    most = max(
        sum(hours[one] for one in choice)
        for choice in plain.choices(problem)
        if plain.worth(problem, choice) == best
    )
    assert (full.objective, full.hours) == (best, most)


def test_a_trace_less_is_not_as_much() -> None:
    """The solver's rows, which are rounded, take the long unit for as good."""
    units = (
        unit("short", 2, {"reads": 0.5}),
        unit("long", 4, {"reads": 0.499999999999}),
        unit("game", 1, {}),
    )
    plan = choose(Problem(units, {"reads": 1.1234567890123456}, Limits(hours=4), fill=True))
    assert (sorted(plan.order), plan.proven_optimal) == (["game", "short"], True)


def test_learning_areas_take_turns() -> None:
    def one(name: str, area: str) -> Unit:
        return Unit(name, 2, "school", (1,), area, {name: 1})

    names = ["a1", "a2", "b1", "b2"]
    problem = Problem(tuple(one(name, name[0]) for name in names), dict.fromkeys(names, 1))
    assert choose(problem).order == ("a1", "b1", "a2", "b2")


def test_out_of_time_the_plan_by_habit_comes_with_a_true_bound() -> None:
    plan = choose(TURNERS, Effort(seconds=0))
    assert plan.objective <= Fraction(3) <= plan.bound
    assert not plan.proven_optimal


def test_out_of_time_without_any_plan_it_is_said() -> None:
    with pytest.raises(TimeRanOut):
        choose(replace(TURNERS, limits=Limits(hours=5, area_min={"trade": 10})), Effort(seconds=0))


def test_a_bound_that_comes_late_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers too long for steps: when time runs out on the way, what is known so far still bounds."""
    long = replace(TURNERS, needs={"reads": 2.123456789012345, "talks": 1.1, "plans": 1.5})
    answers = []

    def once(*given: object, **more: object) -> solving.Answer:
        answers.append(given)
        return (
            solving.Answer(None, float("inf")) if len(answers) > 1 else solving.solve(*given, **more)  # type: ignore[arg-type]
        )

    monkeypatch.setattr(planning, "solve", once)
    plan = choose(long)
    assert len(answers) == 2
    assert plan.objective < plan.bound < plan.objective + Fraction(1, 10**4)
