"""What cases, rules, effects and their explanation are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Who trained in which case for which share of the days, one row each; the shares of a case sum to 1.

    `case` and `trainer` are places in `Cases`; -1 stands for a trainer who is not among them.
    """

    case: Whole
    trainer: Whole
    share: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """One row for each apprentice and period: what was reached, and what is known from before.

    `starts` is NaN where nobody knows it. A weight of 1 is a whole period; a case with half the weight has an error
    with twice the variance. `groups` is empty or one word for each case, and is never used for a prediction.
    """

    trainers: tuple[str, ...]
    apprentices: tuple[str, ...]
    periods: tuple[str, ...]
    results: Floats
    starts: Floats
    stages: tuple[str, ...]
    programmes: tuple[str, ...]
    weights: Floats
    shares: Shares
    groups: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        trainers: Sequence[str],
        apprentices: Sequence[str],
        results: Any,
        starts: Any,
        stages: Sequence[str],
        programmes: Sequence[str],
        shares: tuple[Any, Sequence[str], Any],
        periods: Sequence[str] | None = None,
        weights: Any = None,
        groups: Sequence[str] = (),
    ) -> Cases:
        """Cases from plain columns; `shares` are the columns (place of the case, trainer's key, share)."""
        place = {key: at for at, key in enumerate(trainers)}
        case, keys, share = shares
        return cls(
            tuple(trainers),
            tuple(apprentices),
            ("",) * len(apprentices) if periods is None else tuple(periods),
            np.array(results, dtype=np.float64),
            np.array(starts, dtype=np.float64),
            tuple(stages),
            tuple(programmes),
            np.ones(len(apprentices)) if weights is None else np.array(weights, dtype=np.float64),
            Shares(
                np.array(case, dtype=np.int64),
                np.array([place.get(key, -1) for key in keys], dtype=np.int64),
                np.array(share, dtype=np.float64),
            ),
            tuple(groups),
        )

    @property
    def count(self) -> int:
        """How many cases there are."""
        return len(self.results)

    def only(self, kept: Flags) -> Cases:
        """The cases that are flagged, in their order, with their shares."""
        places = np.flatnonzero(kept)
        new = np.cumsum(kept) - 1
        rows = kept[self.shares.case]
        shares = Shares(new[self.shares.case[rows]], self.shares.trainer[rows], self.shares.share[rows])
        return replace(
            self,
            apprentices=_picked(self.apprentices, places),
            periods=_picked(self.periods, places),
            results=self.results[kept],
            starts=self.starts[kept],
            stages=_picked(self.stages, places),
            programmes=_picked(self.programmes, places),
            weights=self.weights[kept],
            shares=shares,
            groups=_picked(self.groups, places) if self.groups else (),
        )


def _picked(column: tuple[str, ...], places: Whole) -> tuple[str, ...]:
    return tuple(column[at] for at in places.tolist())


class UnknownStart(StrEnum):
    """What happens to a case whose starting point nobody knows."""

    OWN_LEVEL = "own_level"  # predicted from stage and programme, with a level for all such cases
    LEFT_OUT = "left_out"  # not counted, and named


@dataclass(frozen=True, slots=True)
class Rules:
    """How effects are estimated and when they are told.

    `apprentices` and `trainers` are the fewest for an effect (of effective apprentices, see `Effect`) and for a model;
    `level` is that of intervals; results lie from `lowest` to `highest`. Levels of stage or programme with fewer
    cases than `rare` become one level together. With `cells` each pair of stage and programme that is not rare has a
    level of its own beside those of both.
    """

    apprentices: float = 5
    trainers: int = 5
    level: float = 0.95
    lowest: float = 0
    highest: float = 100
    unknown_start: UnknownStart = UnknownStart.OWN_LEVEL
    rare: int = 5
    cells: bool = False


USUAL = Rules()


class Why(StrEnum):
    """Why there is no effect: of a trainer, or of anybody."""

    TOO_FEW_APPRENTICES = "too_few_apprentices"
    NOBODY_TO_COMPARE = "nobody_to_compare"  # whoever else there is shares no stage or programme
    NOTHING_BETWEEN = "nothing_between_trainers"  # the variance between trainers is estimated as 0
    NO_VARIATION = "no_variation"  # everybody reached what was predicted
    TOO_FEW_TRAINERS = "too_few_trainers"
    TOO_FEW_CASES = "too_few_cases"
    NOT_SEPARABLE = "not_separable"  # as with one apprentice each: trainer and chance cannot be told apart


@dataclass(frozen=True, slots=True)
class Effect:
    """What one trainer's apprentices progressed beyond the prediction, in points of the result; None: `why`.

    `apprentices` counts heads, `effective` each head by share times weight, at most 1. `raw` is the mean difference
    before it is shrunk. `se`, `low` and `high` allow for all that is estimated; `reliability` is 1 - PEV / variance.
    """

    trainer: str
    value: float | None
    se: float | None
    low: float | None
    high: float | None
    reliability: float | None
    raw: float | None
    apprentices: int
    effective: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Leaning:
    """Whether effects go with something that trainers do not choose: a correlation over n trainers, with its interval.

    `code` is `even`, `leans` (the interval leaves 0 out) or `not_available`. `about` is `start`, `unknown_start` or a
    group, of which `level` is the word; or `periods`: over n pairs of following cases of one apprentice, what is left
    after prediction and effects, which is to be even too (if it leans, intervals are too narrow). A leaning is
    something to look at, not a proof.
    """

    about: str
    level: str
    code: str
    correlation: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a trainer's effect. `predicted` = sum of `parts`; `difference` = result - predicted.

    `colleagues` is what the effects of those who shared the case account for, `rest` = difference - colleagues,
    `contribution` = weight x rest. The last two are None where there is no effect.
    """

    apprentice: str
    period: str
    start: float | None
    parts: tuple[tuple[str, float], ...]
    predicted: float
    result: float
    difference: float
    share: float
    colleagues: float
    rest: float
    weight: float | None
    contribution: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an effect came about: contributions sum to `effect.value`, which is `kept` times `effect.raw`."""

    effect: Effect
    lines: tuple[Line, ...]
    kept: float | None
