"""What happened to ways of signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class SignOnKept(Fact):
    """A provider was entered, changed, switched on or off, or removed."""

    code: ClassVar[str] = "kernel.sign_on_kept"
    name: str
    state: str


@fact
@dataclass(frozen=True)
class SignOnGroupsKept(Fact):
    """Somebody said what groups of a provider mean, or let them count from now on."""

    code: ClassVar[str] = "kernel.sign_on_groups_kept"
    name: str
    groups: dict[str, str]
    state: str


@fact
@dataclass(frozen=True)
class SignOnLinked(Fact):
    """An account of a provider was linked to a person."""

    code: ClassVar[str] = "kernel.sign_on_linked"
    name: str
    person: str


@fact
@dataclass(frozen=True)
class SignOnUnlinked(Fact):
    """A person ended the link to an account of a provider."""

    code: ClassVar[str] = "kernel.sign_on_unlinked"
    name: str
    person: str
