"""The mixed model in full tables: V is written out and inverted, nothing is saved, so it can be read off the books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.engines.appraisal import Cases

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Plain:
    """At one ratio: -2 log REML with its scale profiled out, scale, fitted means, effects, their error variances."""

    twice: float
    scale: float
    fitted: Floats
    effects: Floats
    pev: Floats


def columns(cases: Cases) -> Floats:
    """One, start (mean where unknown), unknown, all stages, all programmes; columns may repeat one another."""
    unknown = np.isnan(cases.starts)
    mean = np.average(cases.starts[~unknown], weights=cases.weights[~unknown]) if not unknown.all() else 0
    found: list[Any] = [np.ones(cases.count), np.where(unknown, 0, cases.starts - mean), unknown]
    for words in (cases.stages, cases.programmes):
        found += [[word == level for word in words] for level in sorted(set(words))]
    return np.array(found, dtype=float).T


def membership(cases: Cases) -> Floats:
    z = np.zeros((cases.count, len(cases.trainers)))
    z[cases.shares.case, cases.shares.trainer] = cases.shares.share
    return z


def plain(cases: Cases, ratio: float) -> Plain:
    full, z, y = columns(cases), membership(cases), cases.results
    left, sizes, _ = np.linalg.svd(full, full_matrices=False)
    x = left[:, sizes > 1e-8 * sizes[0]]  # the same space, without repetition
    v = np.diag(1 / cases.weights) + ratio * z @ z.T
    inverse = np.linalg.inv(v)
    errors = np.linalg.inv(x.T @ inverse @ x)
    p = inverse - inverse @ x @ errors @ x.T @ inverse
    freedom = len(y) - x.shape[1]
    scale = float(y @ p @ y) / freedom
    twice = freedom * np.log(scale) + np.linalg.slogdet(v)[1] - np.linalg.slogdet(errors)[1]
    c = ratio * z.T @ p  # effects = c y
    pev = scale * (ratio * np.eye(len(cases.trainers)) - ratio * c @ z)
    return Plain(float(twice), scale, x @ errors @ x.T @ inverse @ y, c @ y, np.diag(pev).copy())
