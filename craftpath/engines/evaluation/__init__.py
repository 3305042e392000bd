"""What does a person's evaluation come to, and why? A cohort's marks go in and results come out as columns.

One definition of the arithmetic serves everybody: `evaluate` for a cohort of one or of a million, and
`explain` for the derivation of one row. All of it is integer arithmetic on exact fractions; a figure is
rounded once, half up, from its exact value, and none is computed from another rounded one.
"""

from craftpath.engines.evaluation.checking import check
from craftpath.engines.evaluation.evaluating import evaluate
from craftpath.engines.evaluation.explaining import (
    ComponentShare,
    Explanation,
    ItemShare,
    RuleShare,
    explain,
)
from craftpath.engines.evaluation.faults import Fault, SchemeFaulty
from craftpath.engines.evaluation.marks import Collector, Marks, cell_fault
from craftpath.engines.evaluation.plan import Role
from craftpath.engines.evaluation.results import Results
from craftpath.engines.evaluation.rows import own_item
from craftpath.engines.evaluation.scheme import Scheme
from craftpath.engines.evaluation.types import (
    Component,
    GradeRow,
    Item,
    Missing,
    Mode,
    Rule,
    RuleKind,
    Status,
)

__all__ = [
    "Collector",
    "Component",
    "ComponentShare",
    "Explanation",
    "Fault",
    "GradeRow",
    "Item",
    "ItemShare",
    "Marks",
    "Missing",
    "Mode",
    "Results",
    "Role",
    "Rule",
    "RuleKind",
    "RuleShare",
    "Scheme",
    "SchemeFaulty",
    "Status",
    "cell_fault",
    "check",
    "evaluate",
    "explain",
    "own_item",
]
