"""The one door to the solver: a mixed-integer problem in, an answer with its bound out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy import optimize

from craftpath.engines.assembly.columns import Flags, Floats
from craftpath.engines.assembly.rows import Rows
from craftpath.engines.assembly.types import Effort

SOLVED, STOPPED, IMPOSSIBLE = 0, 1, 2  # SciPy's words for it
EXACT = 0.0  # shares of its cost by which an answer may miss the best
ANY_ANSWER = 1e12


class Known(Enum):
    """What an answer proves."""

    BEST = "best"
    SOME = "some"
    IMPOSSIBLE = "impossible"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """cost x as small as may be, over whole columns and others, between low and high."""

    rows: Rows
    cost: Floats
    whole: Flags
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Columns (whole ones exactly whole) if any were found, and a bound of the cost."""

    known: Known
    x: Floats
    bound: float

    @property
    def found(self) -> bool:
        """Whether there are columns."""
        return self.known in (Known.BEST, Known.SOME)


@dataclass(slots=True)
class Budget:
    """What is left of an effort."""

    effort: Effort
    begun: float

    @classmethod
    def of(cls, effort: Effort) -> Budget:
        """All of it."""
        return cls(effort, effort.clock() if effort.clock else 0.0)

    @property
    def seconds(self) -> float:
        """For the next call of the solver."""
        if self.effort.clock is None:
            return self.effort.seconds
        return max(0.0, self.begun + self.effort.seconds - self.effort.clock())


def solve(problem: Problem, budget: Budget, nodes: int, gap: float = EXACT) -> Answer:
    """HiGHS by way of SciPy, on one thread: the same problem and nodes give the same answer."""
    seconds = budget.seconds
    if not seconds:
        return Answer(Known.NOTHING, np.zeros(0), -np.inf)
    found = optimize.milp(
        problem.cost,
        integrality=problem.whole.astype(np.int64),
        bounds=optimize.Bounds(problem.low, problem.high),
        constraints=optimize.LinearConstraint(problem.rows.matrix, problem.rows.low, problem.rows.high),
        options={"time_limit": seconds, "node_limit": nodes, "mip_rel_gap": gap},
    )
    if found.status == IMPOSSIBLE:
        return Answer(Known.IMPOSSIBLE, np.zeros(0), np.inf)
    bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
    if found.x is None:
        return Answer(Known.NOTHING, np.zeros(0), bound)
    x = np.where(problem.whole, np.round(found.x), found.x)
    best = found.status == SOLVED and gap == EXACT
    return Answer(Known.BEST if best else Known.SOME, x, bound)
