"""Rows of the bank, of papers and of sittings."""

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
from craftpath.domain.exams.models.keying import ROUNDS, Keying, Settlement
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
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "ROUNDS",
    "Answer",
    "Candidate",
    "Enemy",
    "EssayMark",
    "Item",
    "ItemOutcome",
    "ItemSkill",
    "ItemVersion",
    "Keying",
    "Package",
    "Paper",
    "PaperLine",
    "Picture",
    "Settlement",
    "Sitting",
    "Stimulus",
]
