"""From cases to effects: who has one, how sure it is, and whether effects go with what trainers do not choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from craftpath.engines.appraisal.checking import check
from craftpath.engines.appraisal.faults import AppraisalFaulty
from craftpath.engines.appraisal.leaning import leanings
from craftpath.engines.appraisal.model import Model, fitted
from craftpath.engines.appraisal.types import (
    USUAL,
    Cases,
    Effect,
    Flags,
    Floats,
    Leaning,
    Rules,
    UnknownStart,
    Whole,
    Why,
)
from craftpath.values.faults import Fault

NOTHING_LEARNT = 1e-6  # of reliability: whatever the results were, the effect would be 0


@dataclass(frozen=True, slots=True, eq=False)
class Appraisal:
    """What is said of each trainer, in columns that follow `trainers`; NaN where nothing is, with its reason in `why`.

    The columns are those of `Effect`. They stand in the order in which trainers came in, and in no other.
    """

    model: Model
    trainers: tuple[str, ...]
    value: Floats
    se: Floats
    low: Floats
    high: Floats
    reliability: Floats
    raw: Floats
    apprentices: Whole
    effective: Floats
    why: tuple[str, ...]
    leanings: tuple[Leaning, ...]

    def effect(self, trainer: str) -> Effect:
        """What is said of one trainer; KeyError where nobody has this key."""
        at = place_of(self, trainer)
        heads, effective, why = int(self.apprentices[at]), float(self.effective[at]), self.why[at]
        if why:
            return Effect(trainer, None, None, None, None, None, None, heads, effective, why)
        return Effect(
            trainer,
            value=float(self.value[at]),
            se=float(self.se[at]),
            low=float(self.low[at]),
            high=float(self.high[at]),
            reliability=float(self.reliability[at]),
            raw=float(self.raw[at]),
            apprentices=heads,
            effective=effective,
        )


def place_of(appraisal: Appraisal, trainer: str) -> int:
    """Where a trainer stands in the columns; KeyError where nobody has this key."""
    if trainer not in appraisal.trainers:
        raise KeyError(trainer)
    return appraisal.trainers.index(trainer)


def appraise(cases: Cases, rules: Rules = USUAL) -> Appraisal:
    """Effects by a mixed model: REML, empirical Bayes (Raudenbush & Bryk 2002), errors by Henderson (1975).

    Given start, stage and programme, two cases with no trainer in common count as independent. Raises
    `AppraisalFaulty` with every fault. What cannot be told is a reason, never 0.
    """
    faults = check(cases, rules)
    if faults:
        raise AppraisalFaulty(faults)
    kept = np.ones(cases.count, dtype=np.bool_)
    if rules.unknown_start is UnknownStart.LEFT_OUT:
        kept = ~np.isnan(cases.starts)
        if not kept.any():
            raise AppraisalFaulty([Fault("appraisal.no_start_known", "starts")])
    return _told(fitted(cases.only(kept), rules, np.flatnonzero(~kept)))


def _told(model: Model) -> Appraisal:
    heads, effective = _apprentices(model.cases)
    told = np.full(len(heads), model.why, dtype=object)
    known = np.asarray(model.shares.multiply(model.shares).T @ model.cases.weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        reliability = 1 - model.pev / (model.between or np.nan)
        raw = model.effects / shrinkage(model, known)
    reasons: list[tuple[Flags, Why]] = [
        (effective < model.rules.apprentices * (1 - 1e-9), Why.TOO_FEW_APPRENTICES),
        (reliability < NOTHING_LEARNT, Why.NOBODY_TO_COMPARE),
    ]
    for flags, why in reasons:
        told[flags & (told == "")] = why.value
    absent = told != ""
    reach = float(special.stdtrit(max(1, model.freedom), (1 + model.rules.level) / 2))
    value, se, reliability, raw = (
        np.where(absent, np.nan, column) for column in (model.effects, model.errors, reliability, raw)
    )
    return Appraisal(
        model,
        model.cases.trainers,
        value,
        se,
        value - reach * se,
        value + reach * se,
        reliability,
        raw,
        heads,
        effective,
        tuple(told.tolist()),
        leanings(model, value),
    )


def shrinkage(model: Model, known: Any) -> Any:
    """Which part of a trainer's own mean difference is kept, from the sum of weight x share^2 over the own cases."""
    if not model.between or model.within is None:
        return known * 0.0
    return known / (known + model.within / model.between)


def _apprentices(cases: Cases) -> tuple[Whole, Floats]:
    """How many apprentices each trainer had, and how many of them in effect: share x weight each, 1 at most."""
    shares = cases.shares
    keys, place = np.unique(np.array(cases.apprentices), return_inverse=True)
    pairs, at = np.unique(shares.trainer * len(keys) + place[shares.case], return_inverse=True)
    part = np.minimum(1.0, np.bincount(at, shares.share * cases.weights[shares.case], len(pairs)))
    trainer = pairs // len(keys)
    count = len(cases.trainers)
    heads = np.bincount(trainer, minlength=count).astype(np.int64)
    return heads, np.bincount(trainer, part, count).astype(np.float64)
