"""Who looks after places, and what can be said of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from craftpath.domain.places.models import (
    LONGEST,
    LONGEST_ABOUT,
    MODES,
    MOST_LINES,
    NETWORKS,
    OFFERS,
)
from craftpath.engines.geography.positions import SYSTEMS
from craftpath.engines.geography.types import Position
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, not_now

__all__ = ["LONGEST", "LONGEST_ABOUT", "MODES", "MOST_LINES", "NETWORKS", "OFFERS", "SYSTEMS"]

MOST_SEATS = 60
MOST_TRAVEL = 2000
OUTLINE_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about a place."""

    address: str = ""
    position: Position | None = None
    hours: str = ""
    contact: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    languages: str = ""
    access: str = ""
    network: str = ""
    photo_words: str = ""
    is_public: bool = False
    is_indexed: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """So many of an occupation begin between two days."""

    occupation: Mapping[str, str]
    starts_on: date
    ends_on: date
    count: int


@dataclass(frozen=True, slots=True)
class Way:
    """Minutes from one place to another."""

    origin: Organisation
    target: Organisation
    mode: str
    minutes: int


def may_keep(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever looks after places there or above."""
    return actor.may_at(Permission.KEEP_PLACES, organisation)


def can_tell(told: Told) -> Verdict:
    """A position on earth, and lines that a page can show."""
    at = told.position
    if at is not None and not (-90 <= at.lat <= 90 and -180 <= at.lon <= 180):
        return not_now("places.position_unclear")
    if told.network not in NETWORKS:
        return not_now("places.network_unknown")
    lines = [told.address, told.hours, told.contact, told.languages, told.access, told.photo_words]
    lines += [line for some in told.offers.values() for line in some]
    long = any(len(line) > LONGEST for line in lines) or any(
        len(one) > LONGEST_ABOUT for one in told.about.values()
    )
    if (
        long
        or any(len(some) > MOST_LINES for some in told.offers.values())
        or not set(told.offers) <= set(OFFERS)
    ):
        return not_now("places.too_long", most=LONGEST, lines=MOST_LINES)
    return YES


def can_seat(terms: Sequence[Term]) -> Verdict:
    """Lines that say what, when and how many."""
    if len(terms) > MOST_SEATS:
        return not_now("places.seats_many", most=MOST_SEATS)
    clear = all(
        Text.of(one.occupation).both().strip() and one.starts_on <= one.ends_on and 0 <= one.count <= 100_000
        for one in terms
    )
    return YES if clear else not_now("places.seats_unclear")


def can_travel(ways: Sequence[Way]) -> Verdict:
    """Some rows, each between two places."""
    if not ways:
        return not_now("places.travel_empty")
    if len(ways) > MOST_TRAVEL:
        return not_now("places.travel_many", most=MOST_TRAVEL)
    for row, way in enumerate(ways, start=1):
        if way.origin == way.target or way.mode not in MODES or not 1 <= way.minutes <= 600:
            return not_now("places.travel_unclear", row=row)
    return YES
