"""Rows of schemes, rounds and appraisals, of voices, and of contests."""

from craftpath.domain.appraisals.models.contests import REMEDIES, AppraisalContest, AppraisalCorrection
from craftpath.domain.appraisals.models.rows import (
    LONGEST,
    Appraisal,
    AppraisalPart,
    AppraisalRound,
    AppraisalScheme,
    RoundInputs,
)
from craftpath.domain.appraisals.models.voices import QUESTIONS, STEPS, Voice, VoiceAsked

__all__ = [
    "LONGEST",
    "QUESTIONS",
    "REMEDIES",
    "STEPS",
    "Appraisal",
    "AppraisalContest",
    "AppraisalCorrection",
    "AppraisalPart",
    "AppraisalRound",
    "AppraisalScheme",
    "RoundInputs",
    "Voice",
    "VoiceAsked",
]
