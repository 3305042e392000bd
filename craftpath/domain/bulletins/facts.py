"""What can have happened to bulletins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class BulletinBegun(Fact):
    """A bulletin was begun."""

    code: ClassVar[str] = "bulletins.begun"
    number: int


@fact
@dataclass(frozen=True)
class BulletinComposed(Fact):
    """Places were filled from the record."""

    code: ClassVar[str] = "bulletins.composed"
    number: int
    places: int


@fact
@dataclass(frozen=True)
class BlockChanged(Fact):
    """Somebody wrote in a place; told once for what the same person writes there within an hour."""

    code: ClassVar[str] = "bulletins.block_changed"
    number: int
    place: str


@fact
@dataclass(frozen=True)
class LookChanged(Fact):
    """Languages, colours or period were changed."""

    code: ClassVar[str] = "bulletins.look_changed"
    number: int


@fact
@dataclass(frozen=True)
class BulletinMoved(Fact):
    """A bulletin was handed in, taken or given back, published, withdrawn or discarded."""

    code: ClassVar[str] = "bulletins.moved"
    number: int
    state: str
    because: str = ""


@fact
@dataclass(frozen=True)
class VoiceMoved(Fact):
    """A voice was written down, reworded, asked about, agreed to or taken back; what it says stands in no history."""

    code: ClassVar[str] = "bulletins.voice_moved"
    voice: str
    state: str


@fact
@dataclass(frozen=True)
class VoicePlaced(Fact):
    """A voice was put on the sheet, or taken off it."""

    code: ClassVar[str] = "bulletins.voice_placed"
    voice: str
    placed: bool
