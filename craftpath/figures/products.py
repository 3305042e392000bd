"""Matrix products over many rows, a block at a time.

A block is so small that the linear algebra library does not wake its other threads (it does from about 2^18
multiplications on): on a busy machine these wait for one another far longer than they work, and a site has
other things for its processors to do. A block of that size also stays in the processor's first cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from craftpath.figures.figure import Floats

MOST = 1 << 18


def slices(rows: int, each: int) -> Iterator[slice]:
    """Rows in blocks, `each` being the multiplications that a row takes."""
    size = max(MOST // max(each, 1), 8)
    return (slice(start, start + size) for start in range(0, rows, size))


def crossed(left: Floats, right: Floats) -> Floats:
    """The transpose of `left` times `right`, both with one row a person."""
    found = np.zeros((left.shape[1], right.shape[1]))
    for at in slices(len(left), left.shape[1] * right.shape[1]):
        found += left[at].T @ right[at]
    return found


def weighed(counts: Floats, table: Any) -> Floats:
    """The sum of the rows, each as often as it counts; in one thread for the same reason."""
    return np.asarray(np.einsum("r,rc->c", counts, table))
