"""The mentor's view of an ability beside the own one.

Where a mentor speaks of one respondent both views stand in one row and are compared in pairs; where mentors answer for
their apprentices together they are other people, and their mean is compared as that of another sample. The own view is
of those who rated both sides, as everywhere: of more, the difference of two tables would be somebody's rating.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.needs.estimating import Differences, Estimates, differences, means
from craftpath.engines.needs.types import Answers, Places, Ratings


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """Per item; `difference` is the mentor's view less the own one, `in_pairs` whether both spoke of the same."""

    own: Estimates
    mentor: Estimates
    difference: Differences
    in_pairs: bool


def views(answers: Answers) -> Views | None:
    """Both views; None for a survey that does not ask mentors."""
    if answers.mentor is None:
        return None
    own, mentor, item, count = answers.ability, answers.mentor, answers.item, len(answers.items)
    both = ~np.isnan(own + mentor)
    if both.any():
        first, second = (_of(part[both], item[both], count) for part in (own, mentor))
        gap = _of(mentor[both] - own[both], item[both], count)
        return Views(first, second, Differences(gap.mean, gap.low, gap.high), True)
    paired, seen = ~np.isnan(own + answers.importance), ~np.isnan(mentor)
    first, second = _of(own[paired], item[paired], count), _of(mentor[seen], item[seen], count)
    return Views(first, second, differences(first, second), False)


def _of(values: Ratings, item: Places, count: int) -> Estimates:
    n, total, squares = (np.bincount(item, of, count) for of in (None, values, values * values))
    return means(*(np.asarray(one, dtype=np.float64) for one in (n, total, squares)))
