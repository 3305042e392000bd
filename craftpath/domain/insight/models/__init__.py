"""The tables of figures: cells and their slices, what was handed over, what was taken in."""

from craftpath.domain.insight.models.cells import Cell, Heard, Published, Slice, Tree
from craftpath.domain.insight.models.counties import County
from craftpath.domain.insight.models.handing import Handover, LakeKey
from craftpath.domain.insight.models.rolled import Rollup, RollupFigure

__all__ = [
    "Cell",
    "County",
    "Handover",
    "Heard",
    "LakeKey",
    "Published",
    "Rollup",
    "RollupFigure",
    "Slice",
    "Tree",
]
