"""What sittings say about their questions: each form as columns for the engine, and what the engine makes of them.

`sheets` turns scored sittings into columns, `options` counts who chose what, `modelling` fits a scale, `linking` lays
forms upon one another, `groups` looks for questions that are harder for some, `suppressing` says which groups are too
small for a figure, `markers` compares who marked essays.
NumPy is slow to import and this room is read at every start, so each function imports what it needs.
"""

from craftpath.domain.exams.analysis.groups import Compared, Group, Grouping, Harder, groupings, harder
from craftpath.domain.exams.analysis.linking import LEAST_COMMON, Linking, linked
from craftpath.domain.exams.analysis.markers import Markers, markers_of
from craftpath.domain.exams.analysis.modelling import LEAST_RASCH, LEAST_TWO_PL, Modelled, modelled
from craftpath.domain.exams.analysis.options import Choices, choices_of
from craftpath.domain.exams.analysis.sheets import Sheet, sheets_of

__all__ = [
    "LEAST_COMMON",
    "LEAST_RASCH",
    "LEAST_TWO_PL",
    "Choices",
    "Compared",
    "Group",
    "Grouping",
    "Harder",
    "Linking",
    "Markers",
    "Modelled",
    "Sheet",
    "choices_of",
    "groupings",
    "harder",
    "linked",
    "markers_of",
    "modelled",
    "sheets_of",
]
