"""Ten lines of plain Python for each thing that the engine does in columns."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from craftpath.engines.mastery import Questions

PEOPLE, SKILLS, QUESTIONS = 3, 2, 6
BANK = Questions.of(
    [(0, -1.0, 1.0, 0.25), (0, 0.5, 1.2, 0.0), (0, 1.5, 0.8, 0.5)]
    + [(1, 0.0, 1.0, 0.25), (1, 1.0, 1.5, 0.0), (1, 2.0, 0.7, 0.2)]
)  # fmt: skip


@st.composite
def rows(draw: st.DrawFn, least: int = 0, most: int = 14) -> list[tuple[int, int, int, float, bool]]:
    """Answers of three people to six questions of two skills, on days that may be the same."""
    found = []
    for _ in range(draw(st.integers(least, most))):
        question = draw(st.integers(0, QUESTIONS - 1))
        person, day, right = draw(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, 200), st.booleans()))
        found.append((person, int(BANK.skill[question]), question, float(day), right))
    return found


def of_pair(
    given: Sequence[tuple[int, int, int, float, bool]], person: int, skill: int
) -> list[tuple[int, float, bool]]:
    """Question, day and right of one person's answers to one skill, in their order."""
    own = [row for row in given if row[:2] == (person, skill)]
    return [(row[2], row[3], row[4]) for row in sorted(own, key=lambda row: row[3])]


def traced(own: Sequence[tuple[int, float, bool]], chances: Sequence[float], day: float) -> float:
    """The chance that the skill is known, by adding up every way in which it may have been known or not.

    `chances` are prior, learn, guess, slip and half-life.
    """
    prior, learn, guess, slip, half_life = chances
    if not own:
        return prior
    known, whole = 0.0, 0.0
    gaps = [after[1] - before[1] for before, after in itertools.pairwise(own)]
    for way in itertools.product((0, 1), repeat=len(own)):
        weight = prior if way[0] else 1 - prior
        for before, after, gap in zip(way, way[1:], gaps, strict=False):
            then = (1.0 if before else learn) * 2 ** (-gap / half_life)
            weight *= then if after else 1 - then
        for state, (_, _, right) in zip(way, own, strict=True):
            chance = 1 - slip if state else guess
            weight *= chance if right else 1 - chance
        whole += weight
        known += weight * way[-1]
    return known / whole * 2 ** (-(day - own[-1][1]) / half_life)


def scaled(
    own: Sequence[tuple[int, float, bool]], mean: float, sd: float, day: float, fading: tuple[float, float]
) -> np.ndarray:
    """The belief on the abilities from -6 to 6 in steps of a fifth, each answer with the weight that it has that day.

    `fading` is what is left after an answer that says the opposite, and the half-life.
    """
    fade, half_life = fading
    found = []
    for theta in np.linspace(-6, 6, 61).tolist():
        log = -(((theta - mean) / sd) ** 2) / 2
        for at, (question, then, right) in enumerate(own):
            rise = 1 / (1 + math.exp(-BANK.slope[question] * (theta - BANK.difficulty[question])))
            chance = BANK.guess[question] + (1 - BANK.guess[question]) * rise
            opposed = sum(later[2] != right for later in own[at + 1 :])
            log += (
                math.log(chance if right else 1 - chance) * fade**opposed * 2 ** (-(day - then) / half_life)
            )
        found.append(log)
    weight = np.exp(np.array(found) - max(found))
    return weight / weight.sum()
