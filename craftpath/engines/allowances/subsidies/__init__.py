"""What does a public body advance, pay and take back for a class of apprentices? Schemes as rows in, steps out.

`advance` and `settle` do the sheet's arithmetic line by line, `double_claims` finds person-years that are claimed
twice, `completeness` says which papers are missing and who can supply them.
"""

from craftpath.engines.allowances.faults import SubsidyFaulty
from craftpath.engines.allowances.subsidies.completing import (
    Completeness,
    Meter,
    Missing,
    Present,
    completeness,
)
from craftpath.engines.allowances.subsidies.doubling import Double, Twice, double_claims
from craftpath.engines.allowances.subsidies.settling import (
    Advance,
    Breach,
    Settlement,
    Step,
    advance,
    settle,
)
from craftpath.engines.allowances.subsidies.types import (
    Bound,
    Claim,
    Claims,
    Clawback,
    Notice,
    Per,
    Plan,
    Rate,
    Required,
    Scheme,
)
from craftpath.values.faults import Fault

__all__ = [
    "Advance",
    "Bound",
    "Breach",
    "Claim",
    "Claims",
    "Clawback",
    "Completeness",
    "Double",
    "Fault",
    "Meter",
    "Missing",
    "Notice",
    "Per",
    "Plan",
    "Present",
    "Rate",
    "Required",
    "Scheme",
    "Settlement",
    "Step",
    "SubsidyFaulty",
    "Twice",
    "advance",
    "completeness",
    "double_claims",
    "settle",
]
