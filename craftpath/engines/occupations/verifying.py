"""From ratings to figures: exact means and shares, what is kept, the tree, the index and where these two differ.

Ratings are small whole numbers, so sums are exact and a mean that equals a limit reaches it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from craftpath.engines.occupations.priority import TRAINED, decide
from craftpath.engines.occupations.types import SCALES, Criteria, Figures, Places, Ratings, Values

_DIGITS = 9  # indexes closer than this are equal

Means = Mapping[str, Fraction | None]


def verify(ratings: Ratings, criteria: Criteria) -> tuple[Figures, ...]:
    """The figures of each task, in the order of `ratings.tasks`. ValueError where somebody rates a task twice."""
    size = len(ratings.tasks)
    pairs = ratings.task * (int(ratings.rater.max()) + 1 if len(ratings.rater) else 1) + ratings.rater
    if len(np.unique(pairs)) != len(pairs):
        raise ValueError("somebody rates a task twice")
    columns = {"performs": ratings.performs, **ratings.values}
    counts = {name: _counted(ratings, values, size) for name, values in columns.items()}
    means = {name: _means(ratings, columns[name], counts[name], criteria.fewest) for name in columns}
    anything = np.bincount(ratings.task[_said(columns)], minlength=size)
    indexes = _indexes([{name: means[name][at] for name in SCALES} for at in range(size)], criteria.weights)
    ranks = _ranks(indexes)
    leaves = [_leaf({name: means[name][at] for name in SCALES}, criteria) for at in range(size)]
    differ = _differ(leaves, ranks)
    return tuple(
        Figures(
            task=task,
            n=int(anything[at]),
            counts={name: int(counts[name][at]) for name in columns},
            share=means["performs"][at],
            means={name: means[name][at] for name in SCALES},
            kept=_kept(means["importance"][at], means["performs"][at], criteria),
            priority=leaves[at],
            index=indexes[at],
            rank=ranks[at],
            differ=differ[at],
        )
        for at, task in enumerate(ratings.tasks)
    )


def _said(columns: Mapping[str, Values]) -> NDArray[np.bool_]:
    said: NDArray[np.bool_] = ~np.isnan(columns["performs"])
    for values in columns.values():
        said = said | ~np.isnan(values)
    return said


def _counted(ratings: Ratings, values: Values, size: int) -> Places:
    return np.bincount(ratings.task[~np.isnan(values)], minlength=size).astype(np.int64)


def _means(ratings: Ratings, values: Values, counts: Places, fewest: int) -> list[Fraction | None]:
    known = ~np.isnan(values)
    sums = np.bincount(ratings.task[known], weights=values[known], minlength=len(counts))
    least = max(fewest, 1)
    return [
        Fraction(int(total), int(n)) if n >= least else None for total, n in zip(sums, counts, strict=True)
    ]


def _kept(importance: Fraction | None, share: Fraction | None, criteria: Criteria) -> bool | None:
    if importance is None or share is None:
        return None
    return importance >= criteria.cut and share >= criteria.performed


def _leaf(means: Means, criteria: Criteria) -> str:
    asked = [(means[name], criteria.limits[name]) for name in ("difficulty", "importance", "frequency")]
    if any(mean is None for mean, _limit in asked):
        return ""
    return decide(*(mean is not None and mean >= limit for mean, limit in asked))


def _indexes(means: Sequence[Means], weights: Mapping[str, Fraction]) -> list[float | None]:
    """The sum of weighted standardised means; None where a scale that weighs has too few answers."""
    weighing = [name for name in SCALES if weights.get(name)]
    whole = [at for at, one in enumerate(means) if all(one[name] is not None for name in weighing)]
    sums = np.zeros(len(whole))
    for name in weighing:
        column = np.array([float(means[at][name] or 0) for at in whole])
        spread = column.std() if len(column) else 0.0
        if spread > 10**-_DIGITS:  # equal means say nothing about an order
            sums += float(weights[name]) * (column - column.mean()) / spread
    found: list[float | None] = [None] * len(means)
    for at, value in zip(whole, sums, strict=True):
        found[at] = round(float(value), _DIGITS) + 0.0
    return found if weighing else [None] * len(means)


def _ranks(indexes: Sequence[float | None]) -> list[int | None]:
    known = sorted((one for one in indexes if one is not None), reverse=True)
    first = {value: at for at, value in reversed(list(enumerate(known, start=1)))}
    return [None if one is None else first[one] for one in indexes]


def _differ(leaves: Sequence[str], ranks: Sequence[int | None]) -> list[bool]:
    """Where the index, training as many tasks as the tree, would choose otherwise."""
    both = [at for at, leaf in enumerate(leaves) if leaf and ranks[at] is not None]
    many = sum(leaves[at] in TRAINED for at in both)
    ahead = sorted(rank for at in both if (rank := ranks[at]) is not None)
    last = ahead[many - 1] if many else 0
    found = [False] * len(leaves)
    for at in both:
        rank = ranks[at]
        found[at] = (leaves[at] in TRAINED) != (rank is not None and rank <= last)
    return found
