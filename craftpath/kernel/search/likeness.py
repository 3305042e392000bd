"""How like two texts are: a sketch of each is kept, and sketches are compared instead of texts (MinHash).

A text is the set of the runs of `RUN` words in it. Of each of `SIZE` ways to number such runs the lowest number is
kept: two texts share as many of these as they share runs. Texts of which `BANDS` parts agree in one are candidates.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from craftpath.kernel.search.words import words_of

RUN = 4
SIZE, BANDS = 60, 12
LEAST = 12
"""Words below which a text says too little to be compared."""
_MOST = 20_000
_PRIME = 2**31 - 1
_WAYS = np.random.default_rng(20261129).integers(1, _PRIME, size=(2, SIZE), dtype=np.int64)


def sketch(text: str) -> list[int]:
    """The sketch of a text; empty for one that is too short."""
    words = words_of(text)[:_MOST]
    if len(words) < LEAST:
        return []
    runs = {zlib.crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1)}
    numbers = np.fromiter(runs, dtype=np.int64) % _PRIME
    lowest = np.full(SIZE, _PRIME, dtype=np.int64)
    for start in range(0, len(numbers), 1024):
        some = (numbers[start : start + 1024, None] * _WAYS[0] + _WAYS[1]) % _PRIME
        lowest = np.minimum(lowest, some.min(axis=0))
    return [int(one) for one in lowest]


def bands(sketched: Sequence[int]) -> list[int]:
    """The parts of a sketch as numbers to look for; none of an empty one."""
    each = SIZE // BANDS
    return [
        zlib.crc32(",".join(map(str, (at, *sketched[at * each : (at + 1) * each]))).encode())
        for at in range(BANDS if sketched else 0)
    ]


def alike(first: Sequence[int], second: Sequence[int]) -> int:
    """How much two texts share, in percent of what both have."""
    if not first or not second:
        return 0
    return round(100 * sum(a == b for a, b in zip(first, second, strict=True)) / SIZE)
