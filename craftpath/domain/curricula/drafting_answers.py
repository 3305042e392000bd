"""What the engine says of a plan, as a draft keeps it: figures and codes, names of stages in place of numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from craftpath.domain.curricula.drafting_problem import Inputs, stage_named
from craftpath.engines.curriculum import (
    Blame,
    Effort,
    Gain,
    In,
    Kind,
    Out,
    Plan,
    Problem,
    WhyOut,
    Wish,
    gains,
    picked,
    why_in,
    why_out,
)
from craftpath.engines.curriculum.covering import covered, objective
from craftpath.engines.curriculum.wishes import kept

Step = Callable[[str, int, int], None]
"""Told the phase and how many of how many are done; may end the work by raising."""

HOUR = 60
STEPS = (HOUR, 10 * HOUR)
EACH = Effort(seconds=5)
"""For one reason; a longer search leaves its figure as a span."""


def told_plan(plan: Plan, inputs: Inputs, now: dict[str, int], step: Step) -> dict[str, Any]:
    """Everything of a plan: units with why, those left out with why not, what more would buy, and before and after."""
    problem = plan.problem
    habit = picked(problem)
    outside = [unit.id for unit in problem.units if unit.id not in plan.stage]
    outs = []
    for at, one in enumerate(outside):
        step("reasons", at, len(outside))
        outs.append(why_out(plan, one, EACH))
    bound = _bound(plan, outs)
    return {
        "units": [_unit(plan, one, inputs) for one in why_in(plan)],
        "out": [told_out(one, inputs) for one in outs],
        "gains": list(_gains(plan, inputs, step)),
        "covered": {skill: float(cover) for skill, cover in plan.covered.items()},
        "before": {skill: float(cover) for skill, cover in covered(problem, now).items()},
        "objective": float(plan.objective),
        "bound": float(bound),
        "proven": plan.objective == bound,
        "whole": float(sum(problem.needs.values())),
        "now": float(objective(problem, now)),
        "habit": float(objective(problem, habit)) if kept(problem, habit) else None,
    }


def _bound(plan: Plan, outs: list[Out]) -> Fraction:
    """What nothing exceeds, not even a plan that turned up with the reasons."""
    better = [-one.loss for one in outs if one.code is WhyOut.BETTER and one.loss is not None]
    return max(plan.bound, plan.objective + max(better, default=Fraction(0)))


def _unit(plan: Plan, one: In, inputs: Inputs) -> dict[str, Any]:
    return {
        "key": one.unit,
        "stage": stage_named(inputs, plan.stage[one.unit]),
        "minutes": plan.problem.by_id[one.unit].hours,
        "code": one.code.value,
        "adds": {skill: float(more) for skill, more in one.adds.items()},
        "loses": float(one.loses),
        "needed_by": list(one.needed_by),
    }


def told_out(one: Out, inputs: Inputs) -> dict[str, Any]:
    """Why a unit is out."""
    return {
        "key": one.unit,
        "code": one.code.value,
        "loss": None if one.loss is None else float(one.loss),
        "least": None if one.least is None else float(one.least),
        "leaves": list(one.leaves),
        "comes": list(one.comes),
        "units": list(one.units),
        "wishes": [told_wish(wish, inputs) for wish in one.wishes],
    }


def _gains(plan: Plan, inputs: Inputs, step: Step) -> Iterator[dict[str, Any]]:
    many = _limits(plan.problem) * len(STEPS)
    for at, one in enumerate(gains(plan, STEPS, EACH), start=1):
        step("gains", at, many)
        yield _gain(one, inputs)


def _limits(problem: Problem) -> int:
    limits = problem.limits
    parts = (limits.stage_place, limits.area_min, limits.trainer, limits.room)
    return (limits.hours is not None) + sum(len(part) for part in parts)


def _gain(one: Gain, inputs: Inputs) -> dict[str, Any]:
    return {
        "wish": told_wish(one.wish, inputs),
        "more": one.more,
        "gain": float(one.gain),
        "most": float(one.most),
        "comes": list(one.comes),
        "leaves": list(one.leaves),
    }


def told_blame(blame: Blame, inputs: Inputs) -> dict[str, Any]:
    """Wishes that quarrel, and one way that works: each of its wishes with the value that it would have."""
    return {
        "conflict": [told_wish(wish, inputs) for wish in blame.conflict],
        "way": [{"wish": told_wish(wish, inputs), "value": value} for wish, value in blame.way],
    }


def told_wish(wish: Wish, inputs: Inputs) -> dict[str, Any]:
    """A wish by kind; `stage` beside `key` where it is of one stage."""
    told: dict[str, Any] = {"kind": wish.kind.value, "key": wish.key, "value": wish.value}
    if wish.kind is Kind.STAGE_PLACE and isinstance(wish.key, tuple):
        told |= {"stage": stage_named(inputs, wish.key[0]), "key": wish.key[1]}
    return told
