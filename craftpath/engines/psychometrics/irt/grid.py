"""The Gauss-Hermite rule for a standard normal ability, and people of one likelihood taken together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from craftpath.figures.figure import Flags, Floats

FEWEST, MOST, USUAL = 41, 201, 81
FAR = 8.0  # beyond, a node weighs less than 1e-14 of the highest and no sum feels it
MIXER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Abilities and the logarithm of their weights; the weights sum to 1."""

    theta: Floats
    log_weight: Floats


@lru_cache(maxsize=8)
def grid(nodes: int) -> Grid:
    """The rule with so many nodes, without those that weigh nothing in floating point."""
    if not FEWEST <= nodes <= MOST:
        raise ValueError(f"{nodes} nodes: from {FEWEST} to {MOST} are meant")
    theta, weight = np.polynomial.hermite_e.hermegauss(nodes)
    near = np.abs(theta) <= FAR
    return Grid(theta[near], np.log(weight[near] / weight[near].sum()))


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """People taken together: right answers (a mean where only their number counts), who answered, how many.

    `answered` is None where nobody left a gap. `place` is the group of each row, -1 for one without answers.
    """

    right: Floats
    answered: Floats | None
    weight: Floats
    place: npt.NDArray[np.int64]


def collapsed(right: Flags, answered: Flags, counts: Floats, by_score: bool) -> Groups:
    """Rows that have the same likelihood at every ability become one.

    With one slope for all (`by_score`) these are the rows with the same items answered and as many right;
    what is particular to each is linear in its answers, so their mean stands for all.
    """
    some = answered.any(axis=1) & (counts > 0)
    right, held = right & answered, counts[some]
    place = np.full(len(right), -1, dtype=np.int64)
    if by_score:
        key = np.packbits(answered[some], axis=1)
        scores = right[some].sum(axis=1, dtype=np.uint32)
        key = np.hstack([key, scores[:, None].view(np.uint8).reshape(len(key), 4)])
    else:
        key = np.packbits(np.hstack([answered[some], right[some]]), axis=1)
    found, first, of_row = _unique(key)
    place[some] = of_row
    weight = np.bincount(of_row, weights=held, minlength=found).astype(np.float64)
    chosen = right[some].astype(np.float64)
    mean = np.zeros((found, right.shape[1]))
    if found == len(of_row):
        mean[of_row] = chosen
    elif by_score:
        np.add.at(mean, of_row, chosen * held[:, None])
        mean /= weight[:, None]
    else:
        mean = chosen[first]
    kept = answered[some][first]
    return Groups(mean, None if kept.all() else kept.astype(np.float64), weight, place)


def _unique(key: npt.NDArray[np.uint8]) -> tuple[int, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """How many distinct rows, where each first stands, and which of them each row is.

    Rows are told apart by a number made of their bytes; should two ever share one, they are compared as they are.
    """
    words = np.zeros((len(key), -(-key.shape[1] // 8) * 8), dtype=np.uint8)
    words[:, : key.shape[1]] = key
    number = np.zeros(len(key), dtype=np.uint64)
    for word in words.view(np.uint64).T:
        number = (number ^ (number >> np.uint64(31))) * MIXER + word
    _, first, place = np.unique(number, return_index=True, return_inverse=True)
    if (key[first][place] != key).any():
        _, first, place = np.unique(key, axis=0, return_index=True, return_inverse=True)
    return len(first), first, place.reshape(-1)
