"""Sums over states, row by row: not even the last digit of a row depends on who else is asked about."""

from __future__ import annotations

import numpy as np

from craftpath.engines.mastery.types import Floats


def meant(belief: Floats, of: Floats) -> Floats:
    """The mean of what stands in each state, by how probable the state is."""
    found: Floats = np.asarray((belief * of).sum(axis=-1))
    return found


def normalised(logarithms: Floats) -> Floats:
    """Weights that sum to 1, from logarithms of any height."""
    weight = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    found: Floats = weight / weight.sum(axis=1, keepdims=True)
    return found
