"""What is given, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a side puts in."""

    MONEY = "money"
    MACHINE = "machine"
    HOURS = "hours"
    ROOM = "room"
    MATERIALS = "materials"
    OTHER = "other"


BASES = {
    Kind.MONEY: ("amount",),
    Kind.MACHINE: ("price", "months_used", "life_months"),
    Kind.HOURS: ("hours", "rate"),
    Kind.ROOM: ("hours", "square_metres", "months", "rate"),
    Kind.MATERIALS: ("amount",),
    Kind.OTHER: ("amount",),
}
"""kind → the figures that its value is made of; `rate` names a rate of the rule.

A room is given by hours, or by square metres and months, as its rate is meant. Whatever was booked at a price has
`hours` and `price_hour` instead."""


class RateMissing(ValueError):  # noqa: N818  (the name says what is wrong)
    """The rule has no such rate."""


@dataclass(frozen=True, slots=True)
class Given:
    """One contribution: figures by name (money in minor units), and the rate it is valued by."""

    kind: Kind
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Valued:
    """The value in minor units, how it was worked out, and the amount in its own unit.

    `steps` are the factors in their order: name and figure, as text that JSON keeps exactly.
    """

    minor: int
    quantity: Decimal
    unit: str
    steps: tuple[tuple[str, str], ...]
