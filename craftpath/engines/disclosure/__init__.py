"""Which cells of published tables are hidden, so that no small group's figures can be had, nor by subtraction.

Columns split the same people in several ways; each of their values is a cell. `hide` says which cells a reader may
not see. `hidden_of` is the same for one column alone, `hide_family` for tables of a nation that share their totals.
`hide_related` asks it of any cells that are tied by sums, whoever reads them.
"""

from craftpath.engines.disclosure.hiding import VERSION, hide
from craftpath.engines.disclosure.nested import Axis, Crossing, Family, HiddenFamily, Tree, hide_family
from craftpath.engines.disclosure.one_column import LEAST_SHOWN, hidden_of
from craftpath.engines.disclosure.related import PROTECTS, SHOWN, SMALL, Sum, hide_related, what_follows
from craftpath.engines.disclosure.types import Hidden, Tables

__all__ = [
    "LEAST_SHOWN",
    "PROTECTS",
    "SHOWN",
    "SMALL",
    "VERSION",
    "Axis",
    "Crossing",
    "Family",
    "Hidden",
    "HiddenFamily",
    "Sum",
    "Tables",
    "Tree",
    "hidden_of",
    "hide",
    "hide_family",
    "hide_related",
    "what_follows",
]
