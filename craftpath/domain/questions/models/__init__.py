"""The tables of questions and answers."""

from craftpath.domain.questions.models.answering import (
    MOST_FILES,
    Answer,
    Attachment,
    Endorsement,
    Thanks,
    Wording,
)
from craftpath.domain.questions.models.asking import (
    AUDIENCES,
    LONGEST,
    NAMES,
    Call,
    Promise,
    Question,
    QuestionWord,
    of_questions,
    places_seen,
)
from craftpath.domain.questions.models.minding import LONGEST_WORDS, REASONS, Hiding, Report

__all__ = [
    "AUDIENCES",
    "LONGEST",
    "LONGEST_WORDS",
    "MOST_FILES",
    "NAMES",
    "REASONS",
    "Answer",
    "Attachment",
    "Call",
    "Endorsement",
    "Hiding",
    "Promise",
    "Question",
    "QuestionWord",
    "Report",
    "Thanks",
    "Wording",
    "of_questions",
    "places_seen",
]
