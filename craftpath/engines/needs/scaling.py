"""How far the items of a scale measure one thing, and what each construct comes to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.needs.estimating import Estimates, of_values
from craftpath.engines.needs.types import Answers, Ratings, Scales
from craftpath.figures.alpha import alpha_of_rows
from craftpath.figures.figure import Figure


def reliability(answers: Answers) -> tuple[Figure, Figure]:
    """Cronbach's alpha of all items' importance and of their ability, over people without a gap in it."""
    return _alpha(_table(answers, answers.importance)), _alpha(_table(answers, answers.ability))


def _table(answers: Answers, ratings: Ratings) -> Ratings:
    table = np.full((answers.respondents, len(answers.items)), np.nan)
    table[answers.respondent, answers.item] = ratings
    return table


def _alpha(table: Ratings) -> Figure:
    complete = table[~np.isnan(table).any(axis=1)]
    return alpha_of_rows(complete, np.ones(len(complete)))


@dataclass(frozen=True, slots=True, eq=False)
class Construct:
    """A construct's items and alpha, and the mean of people's means (one place).

    `partial`: people who answered some of it only, and so are in figures of its items but in none of these.
    """

    name: str
    items: tuple[str, ...]
    alpha: Figure
    whole: Estimates
    partial: int


def constructs(scales: Scales) -> list[Construct]:
    """Each construct in order of its first item, turned items turned, over people without a gap in it."""
    turned = np.array(scales.turned, dtype=np.bool_)
    straight = np.where(turned, scales.low + scales.high - scales.ratings, scales.ratings)
    found = []
    for name in dict.fromkeys(filter(None, scales.constructs)):
        chosen = np.array([one == name for one in scales.constructs])
        table = straight[:, chosen]
        score = table.mean(axis=1, keepdims=True)  # NaN with a gap
        items = tuple(item for item, one in zip(scales.items, chosen, strict=True) if one)
        left_out = np.isnan(table)
        partial = int((left_out.any(axis=1) & ~left_out.all(axis=1)).sum())
        found.append(Construct(name, items, _alpha(table), of_values(score), partial))
    return found
