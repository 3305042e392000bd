"""The tables: what is agreed and done, what is talked about halfway, and what is left at the end."""

from craftpath.domain.mentoring.models.agreeing import AgreementWording, PairAgreement
from craftpath.domain.mentoring.models.finishing import Graduation, Product, ProductFile, Showing, Thanks
from craftpath.domain.mentoring.models.talking import HalfwayTalk, TalkSide
from craftpath.domain.mentoring.models.working import (
    LONGEST_GOAL,
    LONGEST_REASON,
    LONGEST_WORDS,
    MODES,
    MOST_DAYS,
    MOST_MINUTES,
    Goal,
    Meeting,
    MeetingRule,
    MeetingVersion,
)

__all__ = [
    "LONGEST_GOAL",
    "LONGEST_REASON",
    "LONGEST_WORDS",
    "MODES",
    "MOST_DAYS",
    "MOST_MINUTES",
    "AgreementWording",
    "Goal",
    "Graduation",
    "HalfwayTalk",
    "Meeting",
    "MeetingRule",
    "MeetingVersion",
    "PairAgreement",
    "Product",
    "ProductFile",
    "Showing",
    "TalkSide",
    "Thanks",
]
