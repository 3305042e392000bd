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
from craftpath.domain.exams.models.outcomes import LONGEST_ANSWER, Appeal, AppealedLine, Outcome
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
    "LONGEST_ANSWER",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "Answer",
    "Appeal",
    "AppealedLine",
    "Candidate",
    "Enemy",
    "EssayMark",
    "Item",
    "ItemOutcome",
    "ItemSkill",
    "ItemVersion",
    "Outcome",
    "Package",
    "Paper",
    "PaperLine",
    "Picture",
    "Sitting",
    "Stimulus",
]
