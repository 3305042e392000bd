"""What can have happened to a survey. That somebody answered is told by no fact: history keeps person and moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class SurveyDrafted(Fact):
    """A survey was begun: from nothing, from the bank, from an earlier one, or as the next wave of one."""

    code: ClassVar[str] = "surveys.survey_drafted"
    wave: int
    questions: int


@fact
@dataclass(frozen=True)
class SurveyChanged(Fact):
    """A draft was changed: its words, its questions, or whom it will ask."""

    code: ClassVar[str] = "surveys.survey_changed"
    questions: int


@fact
@dataclass(frozen=True)
class SurveyDiscarded(Fact):
    """A draft was thrown away; nobody had been asked."""

    code: ClassVar[str] = "surveys.survey_discarded"


@fact
@dataclass(frozen=True)
class SurveyOpened(Fact):
    """A survey asks: how many by name, whether a link asks others, whether answers are anonymous."""

    code: ClassVar[str] = "surveys.survey_opened"
    asked: int
    link: bool
    anonymous: bool
    closes_on: str


@fact
@dataclass(frozen=True)
class SurveyExtended(Fact):
    """The last day of an open survey was moved."""

    code: ClassVar[str] = "surveys.survey_extended"
    closes_on: str


@fact
@dataclass(frozen=True)
class SurveyReminded(Fact):
    """Those who had not answered were reminded; how many they were, and nobody's name."""

    code: ClassVar[str] = "surveys.survey_reminded"
    people: int


@fact
@dataclass(frozen=True)
class SurveyClosed(Fact):
    """A survey takes no more answers."""

    code: ClassVar[str] = "surveys.survey_closed"
    answers: int


@fact
@dataclass(frozen=True)
class SurveyAnalysed(Fact):
    """The answers of a survey were read."""

    code: ClassVar[str] = "surveys.survey_analysed"
    answers: int


@fact
@dataclass(frozen=True)
class SurveyPublished(Fact):
    """The results went to those who had been asked."""

    code: ClassVar[str] = "surveys.survey_published"
    answers: int
