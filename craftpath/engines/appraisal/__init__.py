"""How much beyond what start, stage and programme predict did a trainer's apprentices progress, and how sure is that?

One row for each apprentice and period goes in, with the trainers who shared it. `check` says what makes no sense;
`appraise` estimates each trainer's effect by a mixed model, shrunk towards the mean where little is known, with an
interval that means what it says, or a reason why there is none; `explain` shows one effect case by case, adding up;
`compose` joins it with other figures to a score by weights that are data. Nothing here sorts people, and nothing is
ever 0 for want of data. No clock and no chance: the order of cases and trainers changes nothing.
"""

from craftpath.engines.appraisal.appraising import Appraisal, appraise
from craftpath.engines.appraisal.checking import check
from craftpath.engines.appraisal.composing import (
    Composite,
    Measured,
    Part,
    PartLine,
    Unmeasured,
    compose,
)
from craftpath.engines.appraisal.explaining import explain
from craftpath.engines.appraisal.faults import AppraisalFaulty
from craftpath.engines.appraisal.types import (
    Cases,
    Effect,
    Explanation,
    Leaning,
    Line,
    Rules,
    Shares,
    UnknownStart,
    Why,
)
from craftpath.values.faults import Fault

__all__ = [
    "Appraisal",
    "AppraisalFaulty",
    "Cases",
    "Composite",
    "Effect",
    "Explanation",
    "Fault",
    "Leaning",
    "Line",
    "Measured",
    "Part",
    "PartLine",
    "Rules",
    "Shares",
    "Unmeasured",
    "UnknownStart",
    "Why",
    "appraise",
    "check",
    "compose",
    "explain",
]
