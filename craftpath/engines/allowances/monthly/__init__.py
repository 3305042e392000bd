"""What is a trainer paid for a month, by which rule, and why? Rules as rows and pairs as columns in, lines out.

`check` says what makes no sense; `run` works a month out, exact to the last minor unit and the same whatever the order
of the rows; `explain` gives one line's arithmetic; `correct` says which counter-lines bring approved books to a new
run. `canonical` and `digest` make bytes of a run, by which two runs are told to be equal.
"""

from craftpath.engines.allowances.faults import RunFaulty
from craftpath.engines.allowances.monthly.answers import Cut, Line, Lines, Part, Parts, Run, Unpaid, Why
from craftpath.engines.allowances.monthly.checking import check
from craftpath.engines.allowances.monthly.correcting import Booked, Kind, Whose, booked, correct
from craftpath.engines.allowances.monthly.explaining import Explanation, Product, Step, explain
from craftpath.engines.allowances.monthly.running import run
from craftpath.engines.allowances.monthly.types import (
    NONE,
    WHOLE,
    Basis,
    Cap,
    Earlier,
    Hours,
    Pairs,
    Payer,
    RatioBand,
    ResultBand,
    Rule,
    Scope,
)
from craftpath.engines.allowances.monthly.writing import canonical, digest
from craftpath.values.faults import Fault

__all__ = [
    "NONE",
    "WHOLE",
    "Basis",
    "Booked",
    "Cap",
    "Cut",
    "Earlier",
    "Explanation",
    "Fault",
    "Hours",
    "Kind",
    "Line",
    "Lines",
    "Pairs",
    "Part",
    "Parts",
    "Payer",
    "Product",
    "RatioBand",
    "ResultBand",
    "Rule",
    "Run",
    "RunFaulty",
    "Scope",
    "Step",
    "Unpaid",
    "Whose",
    "Why",
    "booked",
    "canonical",
    "check",
    "correct",
    "digest",
    "explain",
    "run",
]
