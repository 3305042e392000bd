"""Rows of the bank, of blueprints, of papers, of sittings and of standard setting."""

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
from craftpath.domain.exams.models.calibrations import Calibration, ItemCalibration
from craftpath.domain.exams.models.essays import EssayDecision, EssayReturn, Moderator
from craftpath.domain.exams.models.files import AnswerFile
from craftpath.domain.exams.models.invigilators import Invigilator
from craftpath.domain.exams.models.keying import ROUNDS, Keying, Settlement
from craftpath.domain.exams.models.outcomes import LONGEST_ANSWER, Appeal, AppealedLine, Outcome
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
    "GAP_IN",
    "HANDED_IN",
    "LONGEST_BORDERLINE",
    "LONGEST_BLUEPRINT_TITLE",
    "LONGEST_ANSWER",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "THIRDS",
    "METHODS",
    "MOST_ROUNDS",
    "Adoption",
    "ROUNDS",
    "Answer",
    "AnswerFile",
    "Assembly",
    "Blueprint",
    "Calibration",
    "Appeal",
    "AppealedLine",
    "Candidate",
    "Enemy",
    "EssayDecision",
    "EssayMark",
    "EssayReturn",
    "Estimate",
    "Invigilator",
    "Item",
    "ItemCalibration",
    "ItemOutcome",
    "ItemSkill",
    "ItemVersion",
    "Moderator",
    "Judge",
    "Keying",
    "Outcome",
    "Package",
    "Paper",
    "PaperLine",
    "Picture",
    "Round",
    "Settlement",
    "Sitting",
    "Stimulus",
    "Study",
]
