"""Which items make several parallel forms of an exam, and if none do, what is to blame?

A bank and a blueprint go in. `check` says what makes no sense in them; `assemble` chooses the items by
mixed-integer optimisation: every rule kept exactly, the greatest deviation from the target as small as can be
found, items that were used less preferred among equals. What comes back says how good it is and how good anything
could be; a blueprint that cannot be met comes back with the rules that are to blame. No clock, no chance but the
seed: the order of items changes nothing.
"""

from craftpath.engines.assembly.assembling import assemble
from craftpath.engines.assembly.checking import check
from craftpath.engines.assembly.faults import BlueprintFaulty
from craftpath.engines.assembly.types import (
    Anchors,
    Assembly,
    Bank,
    Blueprint,
    Cell,
    Culprit,
    Demand,
    Effort,
    ExpectedScore,
    Form,
    Information,
    Item,
    Measure,
    Status,
    Stimulus,
)
from craftpath.values.faults import Fault

__all__ = [
    "Anchors",
    "Assembly",
    "Bank",
    "Blueprint",
    "BlueprintFaulty",
    "Cell",
    "Culprit",
    "Demand",
    "Effort",
    "ExpectedScore",
    "Fault",
    "Form",
    "Information",
    "Item",
    "Measure",
    "Status",
    "Stimulus",
    "assemble",
    "check",
]
