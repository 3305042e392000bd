"""Rows of the bank, of blueprints, of papers and of sittings."""

from craftpath.domain.exams.models.bank import (
    DIFFICULTIES,
    Enemy,
    Item,
    ItemOutcome,
    ItemSkill,
    ItemVersion,
    Package,
    Picture,
    Stimulus,
)
from craftpath.domain.exams.models.blueprints import LONGEST_BLUEPRINT_TITLE, Assembly, Blueprint
from craftpath.domain.exams.models.papers import LONGEST_TITLE, Paper, PaperLine
from craftpath.domain.exams.models.sittings import (
    HANDED_IN,
    LONGEST_REASON,
    LONGEST_WORDS,
    Answer,
    Candidate,
    EssayMark,
    Sitting,
)

__all__ = [
    "DIFFICULTIES",
    "HANDED_IN",
    "LONGEST_BLUEPRINT_TITLE",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "Answer",
    "Assembly",
    "Blueprint",
    "Candidate",
    "Enemy",
    "EssayMark",
    "Item",
    "ItemOutcome",
    "ItemSkill",
    "ItemVersion",
    "Package",
    "Paper",
    "PaperLine",
    "Picture",
    "Sitting",
    "Stimulus",
]
