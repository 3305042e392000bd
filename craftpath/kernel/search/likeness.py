"""How like two texts are: a sketch of each is kept, and sketches are compared instead of texts (MinHash).

A text is the set of the runs of `RUN` words in it. Of each of `SIZE` ways to number such runs the lowest number is
kept: two texts share as many of these as they share runs. Texts of which `BANDS` parts agree in one are candidates.

A title is too short for that: it is the set of its pairs of letters, looked for by fewer parts and compared whole.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from craftpath.kernel.search.words import words_of

RUN = 4
SIZE, BANDS = 60, 12
LEAST = 12
"""Words below which a text says too little to be compared."""
TITLE_LEAST, TITLE_PARTS, TITLE_EACH = 4, 5, 3
"""Letters below which a title says too little; the parts of its sketch, and how many numbers are in each."""
_MOST = 20_000
_PRIME = 2**31 - 1
_TAIL = re.compile(
    r"(?:(?<![a-z])v\d[\d.]*|[(（]\d{1,2}[)）]|\bcopy\b|\bfinal\b|副本|终稿|最终版|修改版|修订版|定稿)", re.I
)
"""What people add to the name of the same thing."""
_NUMBERS = re.compile(r"\d+")
_WAYS = np.random.default_rng(20261129).integers(1, _PRIME, size=(2, SIZE), dtype=np.int64)


def sketch(text: str) -> list[int]:
    """The sketch of a text; empty for one that is too short."""
    words = words_of(text)[:_MOST]
    if len(words) < LEAST:
        return []
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return [int(one) for one in _lowest(runs, SIZE)]


def _lowest(runs: Iterable[str], size: int) -> npt.NDArray[np.int64]:
    """Of each of so many ways to number these runs the lowest number."""
    numbers = np.fromiter({zlib.crc32(one.encode()) for one in runs}, dtype=np.int64) % _PRIME
    lowest = np.full(size, _PRIME, dtype=np.int64)
    for start in range(0, len(numbers), 1024):
        some = (numbers[start : start + 1024, None] * _WAYS[0, :size] + _WAYS[1, :size]) % _PRIME
        lowest = np.minimum(lowest, some.min(axis=0))
    return lowest


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


def title_bands(title: str) -> list[int]:
    """Parts of the sketch of a title as numbers to look for; none of one that is too short."""
    pairs = _pairs(title)
    if len(pairs) < TITLE_LEAST - 1:
        return []
    lowest = _lowest(pairs, TITLE_PARTS * TITLE_EACH).reshape(TITLE_PARTS, TITLE_EACH)
    return [zlib.crc32(f"title {at} {one.tolist()}".encode()) for at, one in enumerate(lowest)]


def titles_alike(first: str, second: str) -> int:
    """How much two titles share, in percent; 0 where they count differently, as lesson 1 and lesson 2 do."""
    if _numbers(first) != _numbers(second):
        return 0
    one, other = _pairs(first), _pairs(second)
    return round(100 * len(one & other) / len(one | other)) if one and other else 0


def _pairs(title: str) -> frozenset[str]:
    letters = "".join(words_of(_TAIL.sub(" ", title)))
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def _numbers(title: str) -> list[str]:
    return _NUMBERS.findall(" ".join(words_of(_TAIL.sub(" ", title))))
