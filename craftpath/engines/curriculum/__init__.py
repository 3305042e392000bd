"""Which units should a curriculum have, in which order, and why these?

Units, weighted needs and wishes go in. `check` says what makes no sense in them; `choose` finds the units that cover
most of the weighted need within hours, least hours of learning areas, prerequisites and room, and gives a bound that
nothing exceeds. `why_in` and `why_out` say of any unit why it is there or is not, and what the other thing would
cost, exactly; `gain` what another hour would buy. Where nothing fits, `NothingFits` carries the wishes that quarrel
and one way that works. `picked` is the plan by habit, for comparison.

No chance; the clock only ends a search. The order of units and of needs changes nothing.
"""

from craftpath.engines.curriculum.checking import check
from craftpath.engines.curriculum.explaining import difference, gain, gains, why_in, why_out
from craftpath.engines.curriculum.faults import NothingFits, ProblemFaulty, TimeRanOut
from craftpath.engines.curriculum.greedy import picked
from craftpath.engines.curriculum.planning import choose
from craftpath.engines.curriculum.types import (
    Blame,
    Effort,
    Gain,
    In,
    Kind,
    Limits,
    Out,
    Plan,
    Problem,
    Unit,
    WhyIn,
    WhyOut,
    Wish,
)
from craftpath.values.faults import Fault

__all__ = [
    "Blame",
    "Effort",
    "Fault",
    "Gain",
    "In",
    "Kind",
    "Limits",
    "NothingFits",
    "Out",
    "Plan",
    "Problem",
    "ProblemFaulty",
    "TimeRanOut",
    "Unit",
    "WhyIn",
    "WhyOut",
    "Wish",
    "check",
    "choose",
    "difference",
    "gain",
    "gains",
    "picked",
    "why_in",
    "why_out",
]
