"""What can have happened to a standard setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class StudyPlanned(Fact):
    """Judges are asked to find the cut score of a paper."""

    code: ClassVar[str] = "exams.study_planned"
    judges: int


@fact
@dataclass(frozen=True)
class JudgesInvited(Fact):
    """More judges are asked."""

    code: ClassVar[str] = "exams.judges_invited"
    judges: int


@fact
@dataclass(frozen=True)
class JudgeExcused(Fact):
    """A judge estimates no more; rounds that are closed keep what was said."""

    code: ClassVar[str] = "exams.judge_excused"
    because: str


@fact
@dataclass(frozen=True)
class RoundOpened(Fact):
    """Judges may write down their values."""

    code: ClassVar[str] = "exams.round_opened"
    number: int
    due_on: str


@fact
@dataclass(frozen=True)
class RoundClosed(Fact):
    """No value of this round changes any more."""

    code: ClassVar[str] = "exams.round_closed"
    number: int
    finished: int
    judges: int


@fact
@dataclass(frozen=True)
class CutProposed(Fact):
    """The last round is laid before the body that decides."""

    code: ClassVar[str] = "exams.cut_proposed"
    cut: str
    full: str


@fact
@dataclass(frozen=True)
class CutAdopted(Fact):
    """A named body adopted a cut score."""

    code: ClassVar[str] = "exams.cut_adopted"
    body: str
    cut: str
    full: str
    computed: str


@fact
@dataclass(frozen=True)
class StudyWithdrawn(Fact):
    """The study ends without a cut score."""

    code: ClassVar[str] = "exams.study_withdrawn"
    because: str
