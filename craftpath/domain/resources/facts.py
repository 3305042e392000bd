"""What can have happened to resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ResourceTaken(Fact):
    """A file was dropped, a link was added, or a suggestion was taken; `name` is what it was called there."""

    code: ClassVar[str] = "resources.taken"
    name: str


@fact
@dataclass(frozen=True)
class ResourceMoved(Fact):
    """A resource was shared, retired, put back, discarded or merged."""

    code: ClassVar[str] = "resources.moved"
    state: str


@fact
@dataclass(frozen=True)
class ResourceChanged(Fact):
    """What is said of it was changed."""

    code: ClassVar[str] = "resources.changed"


@fact
@dataclass(frozen=True)
class VersionAdded(Fact):
    """A newer file took the place of the one before."""

    code: ClassVar[str] = "resources.version_added"
    number: int
    name: str


@fact
@dataclass(frozen=True)
class ResourceReviewed(Fact):
    """A second person has looked at it; `holds` is how many of the criteria hold."""

    code: ClassVar[str] = "resources.reviewed"
    holds: int


@fact
@dataclass(frozen=True)
class ResourceStarred(Fact):
    """Somebody said how useful it was."""

    code: ClassVar[str] = "resources.starred"
    stars: int


@fact
@dataclass(frozen=True)
class ResourceRecommended(Fact):
    """The office recommends it, or no longer."""

    code: ClassVar[str] = "resources.recommended"
    state: str


@fact
@dataclass(frozen=True)
class PairParted(Fact):
    """Two resources that look alike are different; the subject is the first, `other` a Ref as text."""

    code: ClassVar[str] = "resources.pair_parted"
    other: str


@fact
@dataclass(frozen=True)
class SourceMoved(Fact):
    """A catalogue elsewhere was added, stopped or resumed; the program stops one that keeps failing."""

    code: ClassVar[str] = "resources.source_moved"
    state: str


@fact
@dataclass(frozen=True)
class SourceRead(Fact):
    """A catalogue elsewhere was read to its end: how many records were new or changed, and how many are gone."""

    code: ClassVar[str] = "resources.source_read"
    came: int
    gone: int
