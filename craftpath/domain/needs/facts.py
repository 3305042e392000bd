"""What can have happened to an analysis. No fact holds a figure of a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class AnalysisAsked(Fact):
    """Somebody asked for an analysis of some surveys."""

    code: ClassVar[str] = "needs.analysis_asked"
    surveys: int


@fact
@dataclass(frozen=True)
class AnalysisComputed(Fact):
    """An analysis was worked out: of how many people, and the fingerprint of what it was worked out from."""

    code: ClassVar[str] = "needs.analysis_computed"
    people: int
    fingerprint: str


@fact
@dataclass(frozen=True)
class AnalysisFailed(Fact):
    """An analysis could not be worked out, and why: a reason code."""

    code: ClassVar[str] = "needs.analysis_failed"
    reason: str


@fact
@dataclass(frozen=True)
class AnalysisPublished(Fact):
    """An analysis went out with its list of priorities, made by a method."""

    code: ClassVar[str] = "needs.analysis_published"
    people: int
    method: str
    priorities: list[str]


@fact
@dataclass(frozen=True)
class AnalysisSuperseded(Fact):
    """A later analysis took the place of one."""

    code: ClassVar[str] = "needs.analysis_superseded"
    by_analysis: str


@fact
@dataclass(frozen=True)
class AnalysisSigned(Fact):
    """Somebody stands by the list of priorities."""

    code: ClassVar[str] = "needs.analysis_signed"
    person: str


@fact
@dataclass(frozen=True)
class AnalysisDropped(Fact):
    """An analysis was put away before it was published."""

    code: ClassVar[str] = "needs.analysis_dropped"
