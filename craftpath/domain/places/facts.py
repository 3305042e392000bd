"""What can have happened to places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class PlaceKept(Fact):
    """What is said about a place was written; `public`: everybody reads it without signing in."""

    code: ClassVar[str] = "places.kept"
    public: bool


@fact
@dataclass(frozen=True)
class SeatsKept(Fact):
    """How many of which occupation a place takes was written; `seats` is the sum."""

    code: ClassVar[str] = "places.seats_kept"
    seats: int


@fact
@dataclass(frozen=True)
class TravelKept(Fact):
    """Travel times came in as rows."""

    code: ClassVar[str] = "places.travel_kept"
    rows: int


@fact
@dataclass(frozen=True)
class OutlineKept(Fact):
    """The outline of an area came in, or was taken away."""

    code: ClassVar[str] = "places.outline_kept"
    corners: int
