"""Knowledge tracing fitted to answers by expectation and maximisation, which never lowers the likelihood.

All answers of a skill stand in a table of people by steps. Half-lives are tried one after the other: for each the other
four are fitted, and the best is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from craftpath.engines.mastery.sequences import sequences
from craftpath.engines.mastery.tracing import Tracing, retained
from craftpath.engines.mastery.types import Answers, Flags, Floats

BOUNDS = {"prior": (0.01, 0.99), "learn": (0.001, 0.9), "guess": (0.01, 0.49), "slip": (0.01, 0.49)}
"""With guess and slip under one half each, known and not known cannot change their names (Baker and others 2008)."""
HALF_LIVES = (30.0, 90.0, 180.0, 365.0, np.inf)
MOST_ROUNDS = 200
STOP = 1e-6  # of the log-likelihood for each answer


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """How a fit went: the log-likelihood after each round, never falling, for each skill; none without answers."""

    heights: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Answers of one skill, a row a person, in their order: right, there at all, and days since the one before."""

    right: Flags
    there: Flags
    gap: Floats


def fit(
    answers: Answers, start: Tracing, half_lives: Sequence[float] = HALF_LIVES, most: int = MOST_ROUNDS
) -> tuple[Tracing, Course]:
    """The chances under which these answers are most probable, skill by skill, beginning with those of `start`.

    A skill without answers keeps those.
    """
    columns = {name: getattr(start, name).copy() for name in (*BOUNDS, "half_life")}
    heights: list[tuple[float, ...]] = []
    for skill in range(start.skills):
        table = _table(answers.only(answers.skill == skill))
        begun = {name: float(np.clip(columns[name][skill], *ends)) for name, ends in BOUNDS.items()}
        tried = [(*_climbed(table, begun, half_life, most), half_life) for half_life in half_lives]
        if not table.there.any() or not tried:
            heights.append(())
            continue
        found, course, half_life = max(tried, key=lambda one: one[1][-1])
        for name, value in found.items():
            columns[name][skill] = value
        columns["half_life"][skill] = half_life
        heights.append(course)
    return replace(start, **columns), Course(tuple(heights))


def _table(answers: Answers) -> Table:
    order = sequences(answers)
    shape = (len(order.n), int(order.n.max(initial=0)))
    right, there, gap = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool), np.zeros(shape)
    at = order.pair, order.step
    right[at], there[at], gap[at] = answers.right[order.row], True, order.gap
    return Table(right, there, gap)


def _climbed(
    table: Table, begun: dict[str, float], half_life: float, most: int
) -> tuple[dict[str, float], tuple[float, ...]]:
    """Round after round until nothing is gained."""
    now, heights = begun, []
    for _ in range(most if table.there.any() else 0):
        height, better = _round(table, now, half_life)
        heights.append(height)
        if len(heights) > 1 and height - heights[-2] < STOP * table.there.sum():
            break
        now = better
    return now, tuple(heights)


def _round(table: Table, now: dict[str, float], half_life: float) -> tuple[float, dict[str, float]]:
    """The log-likelihood of what was, and what is better: forward, backward, and shares of what is expected."""
    stay = retained(table.gap, np.asarray(half_life))
    likely = _likely(table, now)
    forward, whole = _forward(table, now, likely, stay)
    backward = _backward(table, now, likely, stay, whole)
    belief = forward * backward * table.there[..., None]
    learnt, could = _learnt(table, now, forward, backward * likely / whole[..., None], stay)
    unknown, known = belief[..., 0], belief[..., 1]
    shares = {
        "prior": (known[:, 0].sum(), float(len(known))),
        "learn": (learnt, could),
        "guess": (unknown[table.right].sum(), unknown.sum()),
        "slip": (known[table.there & ~table.right].sum(), known.sum()),
    }
    better = {
        name: float(np.clip(part / of, *BOUNDS[name])) if of > 0 else now[name]
        for name, (part, of) in shares.items()
    }
    return float(np.log(whole[table.there]).sum()), better


def _likely(table: Table, now: dict[str, float]) -> Floats:
    """The chance of each answer, not known and known; 1 where there is none."""
    right = np.array([now["guess"], 1 - now["slip"]])
    likely = np.where(table.right[..., None], right, 1 - right)
    return np.where(table.there[..., None], likely, 1.0)


def _forward(table: Table, now: dict[str, float], likely: Floats, stay: Floats) -> tuple[Floats, Floats]:
    """The belief after each answer, and how probable the answer was after those before it."""
    forward, whole = np.empty(likely.shape), np.empty(table.there.shape)
    known = np.full(len(likely), now["prior"])
    for step in range(likely.shape[1]):
        if step:
            before = forward[:, step - 1, 1]
            known = (before + (1 - before) * now["learn"]) * stay[:, step]
        joint = np.stack([1 - known, known], axis=1) * likely[:, step]
        whole[:, step] = joint.sum(axis=1)
        forward[:, step] = joint / whole[:, step, None]
    return forward, whole


def _backward(table: Table, now: dict[str, float], likely: Floats, stay: Floats, whole: Floats) -> Floats:
    """How much more probable the later answers are in each state than in all."""
    backward = np.ones(likely.shape)
    for step in range(likely.shape[1] - 2, -1, -1):
        after = backward[:, step + 1] * likely[:, step + 1] / whole[:, step + 1, None]
        learnt = now["learn"] * stay[:, step + 1]
        backward[:, step, 0] = (1 - learnt) * after[:, 0] + learnt * after[:, 1]
        backward[:, step, 1] = (1 - stay[:, step + 1]) * after[:, 0] + stay[:, step + 1] * after[:, 1]
    return backward


def _learnt(
    table: Table, now: dict[str, float], forward: Floats, after: Floats, stay: Floats
) -> tuple[float, float]:
    """How often something was learnt, as expected, and how often it could have been.

    What was not known before and is not known at the next answer may have been learnt and forgotten between.
    """
    unknown = forward[:, :-1, 0] * table.there[:, 1:]
    stay, after = stay[:, 1:], after[:, 1:]
    kept = unknown * now["learn"] * stay * after[..., 1]
    lost = unknown * now["learn"] * (1 - stay) * after[..., 0]
    never = unknown * (1 - now["learn"]) * after[..., 0]
    return float((kept + lost).sum()), float((kept + lost + never).sum())
