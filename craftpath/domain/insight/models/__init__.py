"""The tables of figures: cells and their slices, what was handed over, what was taken in."""

from craftpath.domain.insight.models.cells import Book, Cell, Heard, Published, Slice
from craftpath.domain.insight.models.counties import County
from craftpath.domain.insight.models.handing import Handover, LakeKey
from craftpath.domain.insight.models.rolled import Rollup, RollupFigure

__all__ = [
    "Book",
    "Cell",
    "County",
    "Handover",
    "Heard",
    "LakeKey",
    "Published",
    "Rollup",
    "RollupFigure",
    "Slice",
]
