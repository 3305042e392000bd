"""How far the items of a scale measure one thing, and what each construct comes to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.needs.estimating import Estimates, of_values
from craftpath.engines.needs.types import Answers, Places, Ratings, Scales
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
    """A construct's items and alpha, and the mean of people's means, whole (one place) and by value of a group."""

    name: str
    items: tuple[str, ...]
    alpha: Figure
    whole: Estimates
    by: Estimates | None


def constructs(scales: Scales, group: str = "") -> list[Construct]:
    """Each construct in order of its first item, turned items turned, over people without a gap in it."""
    turned = np.array(scales.turned, dtype=np.bool_)
    straight = np.where(turned, scales.low + scales.high - scales.ratings, scales.ratings)
    split = scales.groups.get(group)
    found = []
    for name in dict.fromkeys(filter(None, scales.constructs)):
        chosen = np.array([one == name for one in scales.constructs])
        table = straight[:, chosen]
        score = table.mean(axis=1, keepdims=True)  # NaN with a gap
        items = tuple(item for item, one in zip(scales.items, chosen, strict=True) if one)
        by = None if split is None else of_values(_by(score[:, 0], split.of, len(split.values)))
        found.append(Construct(name, items, _alpha(table), of_values(score), by))
    return found


def _by(score: Ratings, of: Places, values: int) -> Ratings:
    """One column a value, holding the scores of those who have it."""
    table = np.full((len(score), values), np.nan)
    there = np.flatnonzero(of >= 0)
    table[there, of[there]] = score[there]
    return table
