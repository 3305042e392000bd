"""Levels from proofs: a weighted mean that begins with a neutral value, and its doubt."""

from __future__ import annotations

import numpy as np

from craftpath.engines.growth.types import Floats, Levels, Proofs, Pulls, Rule, Whole

Shape = tuple[int, int, int]
"""How many people, skills and stages there are."""


def levels(proofs: Proofs, shape: Shape, rule: Rule) -> Levels:
    """Work out every level at once.

    With k for `known` and m for `neutral`, and proofs of weight e (halved every `half_life` days) and value v, the
    level is (k m + Σ e v) / (k + Σ e): the mean of the beta distribution with a = k m + Σ e v and
    b = k (1 - m) + Σ e (1 - v). The interval is `deviations` of that distribution's standard deviations to either side,
    cut at 0 and 1.
    """
    cell = _cells(proofs, shape)
    size = int(np.prod(shape))
    says = ~np.isnan(proofs.value)
    weight = _aged(proofs, rule)[says]
    n = np.bincount(cell[says], minlength=size)
    told = np.bincount(cell[~says], minlength=size)
    mass = np.asarray(np.bincount(cell[says], weights=weight, minlength=size), dtype=np.float64)
    sums = np.bincount(cell[says], weights=weight * proofs.value[says], minlength=size)
    whole = rule.known + mass
    level = (rule.known * rule.neutral + sums) / whole
    doubt = rule.deviations * np.sqrt(np.clip(level * (1 - level), 0, None) / (whole + 1))
    level[n == 0] = np.nan
    low, high = np.clip(level - doubt, 0, 1), np.clip(level + doubt, 0, 1)
    return Levels(
        level.reshape(shape),
        low.reshape(shape),
        high.reshape(shape),
        n.reshape(shape),
        told.reshape(shape),
        mass.reshape(shape),
    )


def pulls(proofs: Proofs, shape: Shape, rule: Rule) -> Pulls:
    """What each proof brings: e (v - m) / (k + Σ e)."""
    cell = _cells(proofs, shape)
    says = ~np.isnan(proofs.value)
    weight = _aged(proofs, rule)
    mass = np.bincount(cell[says], weights=weight[says], minlength=int(np.prod(shape)))
    pull = weight * (proofs.value - rule.neutral) / (rule.known + mass[cell])
    return Pulls(weight, pull)


def _aged(proofs: Proofs, rule: Rule) -> Floats:
    aged: Floats = proofs.weight * np.exp2(-proofs.age / rule.half_life)
    return aged


def _cells(proofs: Proofs, shape: Shape) -> Whole:
    """Person, skill and stage as one place."""
    _, skills, stages = shape
    return (proofs.person * skills + proofs.skill) * stages + proofs.stage
