"""What can have happened to ventures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class VenturePlanned(Fact):
    """Something is to be run together."""

    code: ClassVar[str] = "ventures.planned"
    kind: str


@fact
@dataclass(frozen=True)
class VentureChanged(Fact):
    """Its words, its days, its sides, its files or what it points to changed."""

    code: ClassVar[str] = "ventures.changed"
    fields: list[str]


@fact
@dataclass(frozen=True)
class VentureMoved(Fact):
    """It started, was finished or stopped, or goes on."""

    code: ClassVar[str] = "ventures.moved"
    state: str
    because: str


@fact
@dataclass(frozen=True)
class ChargeGiven(Fact):
    """Somebody is in charge from now on, or no longer."""

    code: ClassVar[str] = "ventures.charge_given"
    person: str
    named: bool


@fact
@dataclass(frozen=True)
class MilestoneMoved(Fact):
    """A milestone was set, reached, opened again or dropped."""

    code: ClassVar[str] = "ventures.milestone_moved"
    title: str
    state: str


@fact
@dataclass(frozen=True)
class VentureLogged(Fact):
    """Somebody wrote what happened."""

    code: ClassVar[str] = "ventures.logged"
