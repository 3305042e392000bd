"""The mentor's view of an ability beside the own one.

Mentors answer for their apprentices together: they are other people, and their mean is compared as that of another
sample. The own view is of those who rated both sides, as everywhere: of more, the difference of two tables would be
somebody's rating.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from craftpath.engines.needs.estimating import Differences, Estimates, differences, means
from craftpath.engines.needs.types import Answers, Places, Ratings


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """Per item; `difference` is the mentors' view less the own one."""

    own: Estimates
    mentor: Estimates
    difference: Differences


def views(answers: Answers) -> Views | None:
    """Both views; None for a survey that does not ask mentors."""
    if answers.mentor is None:
        return None
    own, mentor, item, count = answers.ability, answers.mentor, answers.item, len(answers.items)
    paired, seen = ~np.isnan(own + answers.importance), ~np.isnan(mentor)
    first, second = _of(own[paired], item[paired], count), _of(mentor[seen], item[seen], count)
    return Views(first, second, differences(first, second))


def _of(values: Ratings, item: Places, count: int) -> Estimates:
    n, total, squares = (np.bincount(item, of, count) for of in (None, values, values * values))
    return means(*(np.asarray(one, dtype=np.float64) for one in (n, total, squares)))
