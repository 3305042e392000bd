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
from craftpath.engines.evaluation.faults import SchemeFaulty
from craftpath.engines.evaluation.grade_table import compressed, grid, methods_of
from craftpath.engines.evaluation.marks import Collector, Marks, cell_fault
from craftpath.engines.evaluation.plan import Role
from craftpath.engines.evaluation.raters import BEYOND, METHODS, Raters, raters_faults, raters_of, raters_row
from craftpath.engines.evaluation.results import Results
from craftpath.engines.evaluation.rows import own_item
from craftpath.engines.evaluation.scheme import Scheme
from craftpath.engines.evaluation.sources import (
    KINDS,
    UNANSWERED,
    Source,
    Worked,
    source_faults,
    source_of,
    source_row,
    work_out,
)
from craftpath.engines.evaluation.supplement import (
    Chance,
    cells_of,
    chance,
    combined,
    oral_keys,
    used_in,
    with_orals,
)
from craftpath.engines.evaluation.types import (
    ANY_GRADE,
    ORAL,
    Component,
    GradeRow,
    Item,
    Missing,
    Mode,
    Rule,
    RuleKind,
    Status,
    Supplement,
    oral_key,
)
from craftpath.values.faults import Fault

__all__ = [
    "ANY_GRADE",
    "BEYOND",
    "METHODS",
    "Raters",
    "raters_faults",
    "raters_of",
    "raters_row",
    "KINDS",
    "ORAL",
    "UNANSWERED",
    "Chance",
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
    "Source",
    "Status",
    "Supplement",
    "Worked",
    "cell_fault",
    "cells_of",
    "chance",
    "check",
    "combined",
    "compressed",
    "evaluate",
    "explain",
    "grid",
    "methods_of",
    "oral_key",
    "oral_keys",
    "own_item",
    "source_faults",
    "source_of",
    "source_row",
    "used_in",
    "with_orals",
    "work_out",
]
