"""Rows of the bank, of papers, of sittings and of standard setting."""

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
from craftpath.domain.exams.models.standards import (
    LONGEST_BORDERLINE,
    METHODS,
    MOST_ROUNDS,
    Adoption,
    Estimate,
    Judge,
    Round,
    Study,
)

__all__ = [
    "DIFFICULTIES",
    "HANDED_IN",
    "LONGEST_BORDERLINE",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "METHODS",
    "MOST_ROUNDS",
    "Adoption",
    "Answer",
    "Candidate",
    "Enemy",
    "EssayMark",
    "Estimate",
    "Item",
    "ItemOutcome",
    "ItemSkill",
    "ItemVersion",
    "Judge",
    "Package",
    "Paper",
    "PaperLine",
    "Picture",
    "Round",
    "Sitting",
    "Stimulus",
    "Study",
]
