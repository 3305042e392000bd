"""What can have happened to things that are booked, and to bookings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ThingOffered(Fact):
    """Something can be booked from now on."""

    code: ClassVar[str] = "bookings.thing_offered"
    kind: str


@fact
@dataclass(frozen=True)
class ThingChanged(Fact):
    """What it is, or the rules by which it is booked, changed."""

    code: ClassVar[str] = "bookings.thing_changed"
    fields: list[str]


@fact
@dataclass(frozen=True)
class ThingMoved(Fact):
    """It can no longer be booked, or again."""

    code: ClassVar[str] = "bookings.thing_moved"
    state: str


@fact
@dataclass(frozen=True)
class ThingClosed(Fact):
    """It is out of order between two moments."""

    code: ClassVar[str] = "bookings.thing_closed"
    starts_at: datetime
    ends_at: datetime
    because: str


@fact
@dataclass(frozen=True)
class ThingReopened(Fact):
    """A time out of order was taken back."""

    code: ClassVar[str] = "bookings.thing_reopened"
    starts_at: datetime
    ends_at: datetime


@fact
@dataclass(frozen=True)
class Booked(Fact):
    """Somebody booked it, or asks for it."""

    code: ClassVar[str] = "bookings.booked"
    state: str
    starts_at: datetime
    ends_at: datetime
    organisation: str


@fact
@dataclass(frozen=True)
class BookingMoved(Fact):
    """A booking was approved, declined, cancelled, used or not used; `rule` names the rule that cancelled it."""

    code: ClassVar[str] = "bookings.moved"
    state: str
    because: str
    rule: str
