"""What can have happened to programmes and schemes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ProgrammeLoaded(Fact):
    """A preset became rows."""

    code: ClassVar[str] = "programmes.programme_loaded"
    key: str
    version: int


@fact
@dataclass(frozen=True)
class ProgrammeWritten(Fact):
    """An organisation has a version of a programme of its own, grown from another one."""

    code: ClassVar[str] = "programmes.programme_written"
    key: str
    version: int
    units: int


@fact
@dataclass(frozen=True)
class SchemeSaved(Fact):
    """A draft was made or changed."""

    code: ClassVar[str] = "programmes.scheme_saved"
    scheme: str
    version: int
    fingerprint: str


@fact
@dataclass(frozen=True)
class SchemeAdopted(Fact):
    """A scheme is in use from now on, and so never changes again."""

    code: ClassVar[str] = "programmes.scheme_adopted"
    scheme: str
    version: int
    fingerprint: str


@fact
@dataclass(frozen=True)
class SchemeRetired(Fact):
    """A scheme is offered no more; what it decided stays."""

    code: ClassVar[str] = "programmes.scheme_retired"
    scheme: str
    version: int
