"""What can have happened to texts that are signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class DocumentMade(Fact):
    """A text was fixed and waits for its signatures."""

    code: ClassVar[str] = "kernel.document_made"
    document: str
    kind: str
    sha256: str


@fact
@dataclass(frozen=True)
class DocumentSigned(Fact):
    """One party signed; `complete` says whether that was the last one."""

    code: ClassVar[str] = "kernel.document_signed"
    document: str
    party: str
    name: str
    method: str
    sha256: str
    complete: bool


@fact
@dataclass(frozen=True)
class DocumentWithdrawn(Fact):
    """A text was taken back before everybody had signed; signatures given so far bind nobody."""

    code: ClassVar[str] = "kernel.document_withdrawn"
    document: str


@fact
@dataclass(frozen=True)
class DocumentCompleted(Fact):
    """A text was closed although not everybody signed: whoever is missing was excused."""

    code: ClassVar[str] = "kernel.document_completed"
    document: str
