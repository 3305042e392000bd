"""Forewarning: clear rules over columns, and beside them a plain, calibrated model that says what it is worth.

- `judge` holds rules against columns: which hold for whom, by which figure, with how many points.
- `train` fits a logistic regression on past cases: a few features, none of which may lower the share by growing; a
  penalty on squares; calibrated by whichever of three ways has the least log loss on unseen cases. It is judged on
  cases of people whom it has not seen, beside the base rate and the rules alone, and for groups beside one another.
  With too few cases it fits nothing and says so.
- A share is explained exactly: start and parts add up to its log odds.

Pure columns; no chance, no clock. The order of cases plays no part.
"""

from craftpath.engines.forewarning.fairness import FLOOR, Group, compare
from craftpath.engines.forewarning.intervals import difference, wilson
from craftpath.engines.forewarning.keeping import as_table, from_table
from craftpath.engines.forewarning.rules import Findings, Rule, judge
from craftpath.engines.forewarning.training import Model, TooFew, Trained, train
from craftpath.engines.forewarning.types import Faulty, Feature, Proportion
from craftpath.engines.forewarning.weighing import Bin, Hits, Worth

__all__ = [
    "FLOOR",
    "Bin",
    "Faulty",
    "Feature",
    "Findings",
    "Group",
    "Hits",
    "Model",
    "Proportion",
    "Rule",
    "TooFew",
    "Trained",
    "Worth",
    "as_table",
    "compare",
    "difference",
    "from_table",
    "judge",
    "train",
    "wilson",
]
