"""The kernel compiled for large cohorts. Importing this takes a second or two: `evaluating` does it late.

The functions are the kernel's own, bound to one another's compiled form; nothing is written twice. They are
compiled without Python's lock, so that blocks of rows run on ordinary threads; numba's own parallel loops are
not used, since two of them at once end the whole interpreter on some platforms.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from types import FunctionType
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from craftpath.engines.evaluation import kernel
from craftpath.engines.evaluation.plan import Plan

MOST_THREADS = 8
BLOCK = 1 << 14  # rows at a time: many blocks keep every thread busy to the end
INNER = ("half_up", "measure", "decide", "judge")  # callees before their callers; all end up inside `run`


def _bind() -> Any:
    """The kernel's functions with compiled callees as their globals; kept on disk where that is possible."""
    names = dict(vars(kernel))
    names["natural"] = numba.njit(_natural, nogil=True, forceinline=True)
    names["whole"] = numba.njit(_whole, nogil=True, forceinline=True)
    for name in INNER:
        names[name] = numba.njit(_among(names, name), nogil=True, error_model="numpy", forceinline=True)
    outer = _among(names, "run")
    try:
        return numba.njit(outer, nogil=True, error_model="numpy", cache=True)
    except RuntimeError:  # no folder to keep it in: compile anew in each process
        return numba.njit(outer, nogil=True, error_model="numpy")


def _natural(number: Any) -> Any:  # pragma: no cover  (runs compiled)
    return np.uint64(number)


def _whole(number: Any) -> Any:  # pragma: no cover  (runs compiled)
    return np.int64(number)


def _among(names: dict[str, Any], name: str) -> FunctionType:
    """The kernel's function of this name, looking up its callees in `names`."""
    plain: FunctionType = getattr(kernel, name)
    bound = FunctionType(plain.__code__, names, plain.__name__)
    bound.__qualname__, bound.__module__ = plain.__qualname__, plain.__module__
    return bound


RUN = _bind()


def run_compiled(
    scores: npt.NDArray[Any],
    status: npt.NDArray[np.int8],
    plan: Plan,
    figures: npt.NDArray[np.int32],
    flags: npt.NDArray[np.int8],
) -> int:
    """What `kernel.run` does over all rows, on every processor; `figures` and `flags` are flat."""
    tables: Any = Plan._make(
        np.array(part, dtype=np.int64) if isinstance(part, list) else part for part in plan
    )
    people, items = scores.shape
    scores, status = np.ascontiguousarray(scores).reshape(-1), np.ascontiguousarray(status).reshape(-1)
    if scores.dtype not in (np.int16, np.int32, np.int64):
        scores = scores.astype(np.int64)

    def block(start: int) -> int:
        scratch = (
            np.zeros(items, np.int64),
            np.zeros(3 * len(plan.drop) + kernel.TAIL, np.int64),
            np.zeros(len(plan.reach), np.int64),
        )
        return int(RUN(start, min(start + BLOCK, people), scores, status, tables, scratch, figures, flags))

    with ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS)) as pool:
        bad = [row for row in pool.map(block, range(0, people, BLOCK)) if row != kernel.NOBODY]
    return min(bad, default=kernel.NOBODY)
