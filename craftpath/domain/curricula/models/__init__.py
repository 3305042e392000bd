"""Rows of curricula and their versions, of the library of units, and of reviews."""

from craftpath.domain.curricula.models.cards import TRAINERS, CardOutcome, UnitCard
from craftpath.domain.curricula.models.content import ChosenUnit, VersionAssessment, VersionOutcome
from craftpath.domain.curricula.models.drafts import Draft
from craftpath.domain.curricula.models.reviews import SIDES, VOTES, ReviewComment, Reviewer, VersionReview
from craftpath.domain.curricula.models.versions import (
    LONGEST_WORDS,
    PINS,
    CardPin,
    Curriculum,
    CurriculumVersion,
    StageTarget,
)

__all__ = [
    "LONGEST_WORDS",
    "PINS",
    "SIDES",
    "TRAINERS",
    "VOTES",
    "CardOutcome",
    "CardPin",
    "ChosenUnit",
    "Curriculum",
    "CurriculumVersion",
    "Draft",
    "ReviewComment",
    "Reviewer",
    "StageTarget",
    "UnitCard",
    "VersionAssessment",
    "VersionOutcome",
    "VersionReview",
]
