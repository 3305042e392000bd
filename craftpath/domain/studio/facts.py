"""What can have happened to draft occupations, their versions and pilots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class DraftBegun(Fact):
    """An office began a draft occupation: from nothing, a chart, a list of skills, or another place's project."""

    code: ClassVar[str] = "studio.draft_begun"
    grown_from: str
    members: int


@fact
@dataclass(frozen=True)
class MembersSet(Fact):
    """Who drafts along was said anew."""

    code: ClassVar[str] = "studio.members_set"
    members: int


@fact
@dataclass(frozen=True)
class VersionBegun(Fact):
    """The next version was begun as a copy of the one before."""

    code: ClassVar[str] = "studio.version_begun"
    version: int


@fact
@dataclass(frozen=True)
class VersionWritten(Fact):
    """A part of a version was written anew."""

    code: ClassVar[str] = "studio.version_written"
    version: int
    part: str


@fact
@dataclass(frozen=True)
class VersionMoved(Fact):
    """A version was proposed, put to the vote, adopted, rejected, published or set aside."""

    code: ClassVar[str] = "studio.version_moved"
    version: int
    state: str


@fact
@dataclass(frozen=True)
class TrialChanged(Fact):
    """A class began to try a version, or stopped."""

    code: ClassVar[str] = "studio.trial_changed"
    version: int
    ended: bool


@fact
@dataclass(frozen=True)
class EvidenceKept(Fact):
    """What a pilot had come to by a day was written down; figures only."""

    code: ClassVar[str] = "studio.evidence_kept"
    version: int
    sheet: int


@fact
@dataclass(frozen=True)
class CommentMade(Fact):
    """A member said something about a version."""

    code: ClassVar[str] = "studio.comment_made"
    version: int


@fact
@dataclass(frozen=True)
class ProjectMoved(Fact):
    """A training project was published, or taken down."""

    code: ClassVar[str] = "studio.project_moved"
    shown: bool
