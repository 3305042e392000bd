"""What can have happened to packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class PackageTaken(Fact):
    """A package was uploaded."""

    code: ClassVar[str] = "packages.taken"
    name: str


@fact
@dataclass(frozen=True)
class PackageMoved(Fact):
    """A package was read, could not be taken, was retired or put back."""

    code: ClassVar[str] = "packages.moved"
    state: str
    kind: str = ""


@fact
@dataclass(frozen=True)
class PackageChanged(Fact):
    """Its title or the skills that it trains were changed."""

    code: ClassVar[str] = "packages.changed"


@fact
@dataclass(frozen=True)
class AttemptMoved(Fact):
    """Somebody began a part, or the package said something new of how far they are; the subject is the package.

    Who plays stands with the fact. `entry` is the key of the part; `score` is from -1 to 1 as text, "" without one.
    """

    code: ClassVar[str] = "packages.attempt_moved"
    attempt: str
    entry: str
    state: str
    score: str = ""


@fact
@dataclass(frozen=True)
class UnitWaived(Fact):
    """Somebody need not do a unit of cmi5 any more; the subject is the package."""

    code: ClassVar[str] = "packages.unit_waived"
    registration: str
    entry: str
    because: str


@fact
@dataclass(frozen=True)
class SessionAbandoned(Fact):
    """A session in a unit of cmi5 was ended from outside; the subject is the package."""

    code: ClassVar[str] = "packages.session_abandoned"
    session: str
    entry: str
