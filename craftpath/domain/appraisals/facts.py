"""What can have happened to appraisals. No fact holds a score: it stands in the appraisal, for whoever may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class SchemeSet(Fact):
    """An organisation wrote down the next version of what counts how much."""

    code: ClassVar[str] = "appraisals.scheme_set"
    version: int
    valid_from: str


@fact
@dataclass(frozen=True)
class RoundOpened(Fact):
    """A round of appraisals was opened for a period; a later version says why."""

    code: ClassVar[str] = "appraisals.round_opened"
    starts_on: str
    ends_on: str
    version: int
    reason: str


@fact
@dataclass(frozen=True)
class VoicesAsked(Fact):
    """Apprentices were asked three questions about their trainers, until a day."""

    code: ClassVar[str] = "appraisals.voices_asked"
    asked: int
    until: str


@fact
@dataclass(frozen=True)
class VoiceGiven(Fact):
    """Somebody answered; what, and about whom, is told nowhere."""

    code: ClassVar[str] = "appraisals.voice_given"
    confidential: ClassVar[bool] = True


@fact
@dataclass(frozen=True)
class RoundAsked(Fact):
    """A worker was asked to compute a round."""

    code: ClassVar[str] = "appraisals.round_asked"


@fact
@dataclass(frozen=True)
class RoundCancelled(Fact):
    """The computation was taken back; nothing of it is kept."""

    code: ClassVar[str] = "appraisals.round_cancelled"


@fact
@dataclass(frozen=True)
class RoundFailed(Fact):
    """The computation could not be done, and why: a reason code."""

    code: ClassVar[str] = "appraisals.round_failed"
    reason: str


@fact
@dataclass(frozen=True)
class RoundComputed(Fact):
    """A round was computed: how many trainers, how many of them with a score, and what it was computed from."""

    code: ClassVar[str] = "appraisals.round_computed"
    trainers: int
    scored: int
    digest: str


@fact
@dataclass(frozen=True)
class RoundShown(Fact):
    """The trainers may read their appraisals, and contest them until a day."""

    code: ClassVar[str] = "appraisals.round_shown"
    until: str


@fact
@dataclass(frozen=True)
class RoundPublished(Fact):
    """A round counts from now on."""

    code: ClassVar[str] = "appraisals.round_published"
    trainers: int


@fact
@dataclass(frozen=True)
class RoundReplaced(Fact):
    """A later version took the place of a round."""

    code: ClassVar[str] = "appraisals.round_replaced"
    version: int


@fact
@dataclass(frozen=True)
class RoundDropped(Fact):
    """A round was put away before anybody was shown it."""

    code: ClassVar[str] = "appraisals.round_dropped"


@fact
@dataclass(frozen=True)
class AppraisalRead(Fact):
    """Somebody of the office opened one trainer's appraisal."""

    code: ClassVar[str] = "appraisals.appraisal_read"
    trainer: str


@fact
@dataclass(frozen=True)
class ContestRaised(Fact):
    """A trainer contests an appraisal; the words stand in the contest."""

    code: ClassVar[str] = "appraisals.contest_raised"
    due_on: str


@fact
@dataclass(frozen=True)
class ContestEnded(Fact):
    """A contest was answered or taken back."""

    code: ClassVar[str] = "appraisals.contest_ended"
    state: str
