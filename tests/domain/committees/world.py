"""A committee of the college and an enterprise: two seats with a vote each, one that advises."""

from __future__ import annotations

from datetime import date

from craftpath.domain.committees import actions
from craftpath.domain.committees.models import Committee, Motion, Seat
from craftpath.kernel.access import Actor
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast

OWNER = Ref("partnership", "cooperation", "none")
NAME = {"zh": "理事会", "en": "Board"}


def found(cast: Cast, owner: Ref = OWNER) -> Committee:
    """The coordinator in the chair, the administrator beside; HR and a mentor for the enterprise, who deputises."""
    office, hr = cast.actor("coordinator"), cast.actor("hr", cast.jinheng)
    row = actions.found_committee(owner, name=NAME, sides=[cast.college, cast.jinheng], by=office, at=AT)
    college, enterprise = row.sides.order_by("order")
    people, since = cast.people, date(2026, 9, 1)
    for side, who, kind, by in (
        (college, "coordinator", "chair", office),
        (college, "administrator", "vote", office),
        (college, "trainer", "advice", office),
        (enterprise, "hr", "vote", hr),
    ):
        deputy = people["mentor"] if who == "hr" else None
        actions.seat_person(side, person=people[who], kind=kind, starts_on=since, deputy=deputy, by=by, at=AT)
    return row


def seat(committee: Committee, cast: Cast, who: str) -> Seat:
    """Somebody's seat."""
    return Seat.objects.get(committee=committee, person=cast.people[who])


def put(committee: Committee, cast: Cast, *, secret: bool = False, rule: str = "simple") -> Motion:
    """A motion that is open for votes."""
    by = cast.actor("coordinator")
    text = {"zh": "购置一台五轴加工中心", "en": "Buy a five-axis machine"}
    row = actions.prepare_motion(committee, text=text, rule=rule, secret=secret, by=by, at=AT)
    return actions.open_motion(row, by=by, at=AT)


def mentor(cast: Cast) -> Actor:
    """The mentor where the mentor belongs."""
    return cast.actor("mentor", cast.jinheng)


__all__ = ["AT", "TODAY", "found", "mentor", "put", "seat"]
