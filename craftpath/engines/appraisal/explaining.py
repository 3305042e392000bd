"""One effect line by line, from each apprentice's start to the points that it brought.

For a trainer t the equations of the model read: effect = kept x raw, with raw = sum of w s rest / sum of w s^2 over
the own cases, s being the share, rest = result - prediction - what the effects of colleagues in the case account
for, and kept = A / (A + within / between) with A = sum of w s^2. So every case has a weight, and the weighted rests
add up to the effect although trainers share apprentices.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from craftpath.engines.appraisal.appraising import Appraisal, place_of, shrinkage
from craftpath.engines.appraisal.model import Model
from craftpath.engines.appraisal.types import Explanation, Floats, Line, Whole

ORDER = ("all", "start", "unknown_start", "stage", "programme", "cell")


def explain(appraisal: Appraisal, trainer: str) -> Explanation:
    """The cases of one trainer, in the order in which they came in; KeyError where nobody has this key.

    `effect.value` is the sum of contributions and `effect.raw` x `kept`, each to the last few bits.
    """
    at, model = place_of(appraisal, trainer), appraisal.model
    effect = appraisal.effect(trainer)
    mine = slice(*model.by_trainer.indptr[at : at + 2].tolist())
    places, shares = model.by_trainer.indices[mine], model.by_trainer.data[mine]
    if effect.value is None:
        return Explanation(effect, _lines(model, at, places, shares, None), None)
    mass = model.cases.weights[places] * shares
    kept = float(shrinkage(model, mass @ shares))
    lines = _lines(model, at, places, shares, kept * mass / (mass @ shares))
    value = math.fsum(line.contribution or 0.0 for line in lines)  # what the reader adds up
    return Explanation(replace(effect, value=value), lines, kept)


def _lines(model: Model, at: int, places: Whole, shares: Floats, weights: Floats | None) -> tuple[Line, ...]:
    cases = model.cases
    colleagues = (model.shares[places] @ model.effects - shares * model.effects[at]).tolist()
    parts = _parts(model, places)
    lines = []
    for row, place in enumerate(places.tolist()):
        own = tuple((kind, float(column[row])) for kind, column in parts.items())
        predicted = math.fsum(amount for _, amount in own)
        result, start = float(cases.results[place]), float(cases.starts[place])
        rest = result - predicted - colleagues[row]
        weight = None if weights is None else float(weights[row])
        lines.append(
            Line(
                cases.apprentices[place],
                cases.periods[place],
                None if math.isnan(start) else start,
                own,
                predicted,
                result,
                result - predicted,
                float(shares[row]),
                colleagues[row],
                rest,
                weight,
                None if weight is None else weight * rest,
            )
        )
    return tuple(lines)


def _parts(model: Model, places: Whole) -> dict[str, Any]:
    """What each kind of term adds to a prediction: `all` is the mean case's, the others are distances from it."""
    held = model.design
    columns = np.asarray(held.matrix[places].todense(), dtype=np.float64)
    away = (columns - held.means) * model.fixed
    parts: dict[str, Any] = {"all": np.full(len(places), model.middle + float(held.means @ model.fixed))}
    for kind in ORDER[1:]:
        here = [at for at, term in enumerate(held.terms) if term.kind == kind]
        if here:
            parts[kind] = away[:, here].sum(axis=1)
    return parts
