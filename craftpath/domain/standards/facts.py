"""What can have happened to frameworks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class FrameworkLoaded(Fact):
    """A list of skills that comes with the program was taken in."""

    code: ClassVar[str] = "standards.framework_loaded"
    key: str
    version: int
    skills: int


@fact
@dataclass(frozen=True)
class FrameworkDrafted(Fact):
    """A framework was begun, or the next version of one."""

    code: ClassVar[str] = "standards.framework_drafted"
    key: str
    version: int


@fact
@dataclass(frozen=True)
class FrameworkMoved(Fact):
    """A version was published, retired or put away."""

    code: ClassVar[str] = "standards.framework_moved"
    key: str
    version: int
    state: str


@fact
@dataclass(frozen=True)
class FrameworkChanged(Fact):
    """A draft was changed: in what it says of itself, in a node (`what` is its key), or in its scale."""

    code: ClassVar[str] = "standards.framework_changed"
    key: str
    version: int
    what: str


@fact
@dataclass(frozen=True)
class FrameworkTaken(Fact):
    """A file was taken into a draft; `counts` by what became of its skills."""

    code: ClassVar[str] = "standards.framework_taken"
    key: str
    version: int
    counts: dict[str, int]


@fact
@dataclass(frozen=True)
class CrosswalkChanged(Fact):
    """Two skills of two frameworks were held against each other, or no longer are (an empty kind)."""

    code: ClassVar[str] = "standards.crosswalk_changed"
    one: str
    other: str
    kind: str
