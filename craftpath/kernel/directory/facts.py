"""What happened in a directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class DirectoryPersonCame(Fact):
    """The directory brought somebody, who was known already or was made."""

    code: ClassVar[str] = "kernel.directory_person_came"
    person: str
    known: bool


@fact
@dataclass(frozen=True)
class DirectoryPersonMoved(Fact):
    """The directory switched somebody on or off, or took them out; `state` says which."""

    code: ClassVar[str] = "kernel.directory_person_moved"
    person: str
    state: str


@fact
@dataclass(frozen=True)
class DirectoryGroupChanged(Fact):
    """A group came, went, or has other members."""

    code: ClassVar[str] = "kernel.directory_group_changed"
    name: str
    came: list[str]
    left: list[str]
    state: str


@fact
@dataclass(frozen=True)
class DirectoryGroupMapped(Fact):
    """Somebody decided which role a group means; an empty one is none."""

    code: ClassVar[str] = "kernel.directory_group_mapped"
    name: str
    before: str
    role: str
