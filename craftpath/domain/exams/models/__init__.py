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
from craftpath.domain.exams.models.essays import EssayDecision, EssayReturn, Moderator
from craftpath.domain.exams.models.files import AnswerFile
from craftpath.domain.exams.models.papers import LONGEST_TITLE, Paper, PaperLine
from craftpath.domain.exams.models.sittings import (
    GAP_IN,
    HANDED_IN,
    LONGEST_REASON,
    LONGEST_WORDS,
    THIRDS,
    Answer,
    Candidate,
    EssayMark,
    Sitting,
)

__all__ = [
    "DIFFICULTIES",
    "GAP_IN",
    "HANDED_IN",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "THIRDS",
    "Answer",
    "AnswerFile",
    "Candidate",
    "Enemy",
    "EssayDecision",
    "EssayMark",
    "EssayReturn",
    "Item",
    "ItemOutcome",
    "ItemSkill",
    "ItemVersion",
    "Moderator",
    "Package",
    "Paper",
    "PaperLine",
    "Picture",
    "Sitting",
    "Stimulus",
]
