"""Credits, and the shortest way from them to a diploma: on one day, by the rules that are in force on it.

`plan` chooses which credits count for which area, and which offers are taken as steps. What the words mean:

- A rule takes a credit that bears its name as source, outcome or area; without a rule in force on the day a credit
  gives nothing, whatever its own area is called. A credit whose day has passed (the last day is included), or that is
  earned later, gives nothing either.
- A credit is used whole, once, by one rule, for one area. So caps of rules, maxima of areas and limits are never
  passed and cut nothing off: a credit that does not fit is left out. Where several rules take it, the plan chooses.
- The points of a credit times the rate are what counts: for the area, the total, the institution and every cap.
- `missing` is what is missing after the steps: the fewest points that, earned in the right places, would reach the
  goal (`missing_points`). `away` is the same before the steps. Least missing comes first, then fewest weeks, added up.
- More credits never lengthen the way: whatever was possible without them still is.

`unused` says why a credit is not used. `earn`, `convert`, `reverse` and `balance` (`ledger`) are the arithmetic of an
account. Numbers are whole, decimal or fractions, never floats. No chance; the clock only ends a search.
"""

from craftpath.engines.credits.checking import check
from craftpath.engines.credits.explaining import unused
from craftpath.engines.credits.faults import ProblemFaulty
from craftpath.engines.credits.missing import missing_points
from craftpath.engines.credits.planning import plan
from craftpath.engines.credits.types import (
    Area,
    Credit,
    Effort,
    Goal,
    Limit,
    Minimum,
    Number,
    Offer,
    Plan,
    Problem,
    Rule,
    Unused,
    Use,
    WhyNot,
)
from craftpath.values.faults import Fault

__all__ = [
    "Area",
    "Credit",
    "Effort",
    "Fault",
    "Goal",
    "Limit",
    "Minimum",
    "Number",
    "Offer",
    "Plan",
    "Problem",
    "ProblemFaulty",
    "Rule",
    "Unused",
    "Use",
    "WhyNot",
    "check",
    "missing_points",
    "plan",
    "unused",
]
