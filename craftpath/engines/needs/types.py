"""Answers to a survey of needs as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Ratings = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Group:
    """A column by which respondents are told apart: its values, and which of them each respondent has (-1: none)."""

    values: tuple[str, ...]
    of: Places


@dataclass(frozen=True, slots=True)
class Answers:
    """One row an answered item of one respondent; NaN where a rating was left out.

    `respondent` and `item` are places, `respondents` counts the people and `items` are keys in the order of the
    questionnaire. `mentor` is what a respondent who is a mentor thinks of the ability of others, on the same
    scale; a survey that does not ask for it has none. Each group has one place for every respondent.
    """

    items: tuple[str, ...]
    respondents: int
    respondent: Places
    item: Places
    importance: Ratings
    ability: Ratings
    mentor: Ratings | None = None
    groups: Mapping[str, Group] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scales:
    """Answers to plain rating questions: one row a respondent, one column an item; NaN where nothing was said.

    `constructs` names what each item is part of, such as motivation ("" for an item by itself). `ratings` has shape
    (respondents, items) and holds what was ticked, from `low` to `high`; `turned` marks items whose high end means
    little, which are turned round before they are summed. `groups` are as in `Answers`.
    """

    items: tuple[str, ...]
    constructs: tuple[str, ...]
    turned: tuple[bool, ...]
    low: float
    high: float
    ratings: Ratings
    groups: Mapping[str, Group] = field(default_factory=dict)
