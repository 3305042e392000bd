"""Fit on past cases, judge on what was not seen, and say what it was worth – or that there are too few."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from craftpath.engines.forewarning import weighing
from craftpath.engines.forewarning.calibrating import Calibration, choose, log_loss
from craftpath.engines.forewarning.fairness import Group, compare
from craftpath.engines.forewarning.fitting import Line, fit_line
from craftpath.engines.forewarning.types import Faulty, Feature, Flags, Floats, Whole

LEAST_PEOPLE, LEAST_EACH = 100, 5
"""So many different people, and for each feature so many cases of either outcome, or nothing is fitted."""
FOLDS = 5
PENALTIES = (0.5, 2.0, 8.0)
ALARM = 2.0
"""Whoever's share is at least twice the base rate is named."""


@dataclass(frozen=True, slots=True)
class TooFew:
    """Nothing was fitted: how many there are, and how many it takes."""

    people: int
    left: int
    least_people: int
    least_left: int
    code: str = "too_few"


@dataclass(frozen=True, slots=True)
class Model:
    """A line and its calibration; shares can be told and explained for anybody."""

    line: Line
    calibration: Calibration
    threshold: float

    def share(self, table: Floats) -> Floats:
        """The share of each row."""
        return self.calibration.share(self.line.score(table))

    def parts(self, table: Floats) -> Floats:
        """What each feature adds to the log odds of each row; with the start they are the score, exactly."""
        return self.line.parts(table)


@dataclass(frozen=True, slots=True)
class Trained:
    """The model with what it was worth on cases that it had not seen."""

    model: Model
    penalty: float
    people: int
    model_worth: weighing.Worth
    base_worth: weighing.Worth
    rules_worth: weighing.Worth
    losses: Mapping[str, float]
    bins: Sequence[weighing.Bin]
    fairness: Mapping[str, Sequence[Group]] = field(default_factory=dict)
    fit: bool = False
    gain: tuple[float, float] = (0.0, 0.0)


def train(
    table: Floats,
    left: Flags,
    people: Sequence[str],
    features: Sequence[Feature],
    *,
    alarmed: Flags,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Trained | TooFew:
    """Fit on cases; those of one person are never on both sides of a test. The order of the cases plays no part.

    `alarmed` says whether the rules alone had named a case; `groups` maps dimensions to the group of each case.
    """
    table, left = np.asarray(table, float), np.asarray(left, bool)
    if table.shape != (len(left), len(features)) or not len(people) == len(left) == len(alarmed):
        raise Faulty("lengths_differ")
    if np.isinf(table).any():
        raise Faulty("not_finite")
    least = LEAST_EACH * len(features)
    yes, no, different = int(left.sum()), int((~left).sum()), len(set(people))
    if different < LEAST_PEOPLE or min(yes, no) < least:
        return TooFew(different, yes, LEAST_PEOPLE, least)
    order = _in_order(table, left, people)
    table, left, alarmed = table[order], left[order], np.asarray(alarmed, bool)[order]
    folds = _folds([people[at] for at in order])
    if any(not left[folds != one].any() or left[folds != one].all() for one in range(FOLDS)):
        return TooFew(different, yes, LEAST_PEOPLE, least)
    scores, penalty = _unseen(table, left, features, folds)
    calibration, share, losses = choose(scores, left, folds)
    base = _base(left, folds)
    rate = float(left.mean())
    threshold = min(ALARM * rate, (1 + rate) / 2)
    by_rules = _by_rules(alarmed, left, folds)
    named = share >= threshold
    fit, gain, error = weighing.beats(share, base, left)
    area = weighing.auc(share, left)
    return Trained(
        Model(fit_line(table, left, features, penalty), calibration, threshold),
        penalty,
        different,
        weighing.worth(share, left, threshold),
        weighing.worth(base, left, threshold),
        _of_rules(by_rules, alarmed, left),
        losses,
        weighing.reliability(share, left),
        {
            key: compare([names[at] for at in order], named, left, share)
            for key, names in (groups or {}).items()
        },
        fit and area is not None and area > 0.5,
        (gain, error),
    )


def _mixed(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")


def _in_order(table: Floats, left: Flags, people: Sequence[str]) -> Whole:
    """By person and figures, so that sums come out the same whatever the order in which cases are brought."""
    keys = [
        (_mixed(one), *row, bool(is_left))
        for one, row, is_left in zip(people, np.nan_to_num(table, nan=-1.0).tolist(), left, strict=True)
    ]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__))


def _folds(people: Sequence[str]) -> Whole:
    """A fold for each case, by its person."""
    return np.array([_mixed(one) % FOLDS for one in people])


def _unseen(table: Floats, left: Flags, features: Sequence[Feature], folds: Whole) -> tuple[Floats, float]:
    """The score of each case by a line that had not seen it, for the penalty that does best."""
    best: tuple[float, float, Floats] | None = None
    for penalty in PENALTIES:
        scores = np.empty(len(left))
        for fold in range(FOLDS):
            out = folds == fold
            if out.any():
                scores[out] = fit_line(table[~out], left[~out], features, penalty).score(table[out])
        loss = float((np.logaddexp(0, scores) - left * scores).mean())
        if best is None or loss < best[0]:
            best = loss, penalty, scores
    assert best is not None  # noqa: S101  (there are penalties)
    return best[2], best[1]


def _base(left: Flags, folds: Whole) -> Floats:
    """The share of those who left among the others, for each case."""
    base = np.empty(len(left))
    for fold in range(FOLDS):
        out = folds == fold
        if out.any():
            base[out] = left[~out].mean()
    return base


def _by_rules(alarmed: Flags, left: Flags, folds: Whole) -> Floats:
    """What the rules alone say: the share of those who left among the others that they named, or did not."""
    share = _base(left, folds)
    for fold in range(FOLDS):
        for side in (True, False):
            out, others = (folds == fold) & (alarmed == side), (folds != fold) & (alarmed == side)
            if out.any() and others.any():
                share[out] = (left[others].sum() + 0.5) / (others.sum() + 1)
    return share


def _of_rules(share: Floats, alarmed: Flags, left: Flags) -> weighing.Worth:
    """The rules' own hits are those whom they named, whatever the share."""
    return weighing.Worth(
        len(left), int(left.sum()), weighing.brier(share, left), log_loss(share, left),
        weighing.auc(alarmed.astype(float), left), weighing.hits(alarmed, left),
    )  # fmt: skip
