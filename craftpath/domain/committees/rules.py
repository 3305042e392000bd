"""Who tends a committee, names people for it, votes and closes; which seat somebody votes for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.committees.models import Ballot, Committee, CommitteeSide, Decision, Motion, Seat

MOST_SIDES = 8
LONGEST = 4000  # characters of minutes in one language
LONGEST_TEXT = 1000  # of a motion or a decision


def may_found(actor: Actor, sides: Sequence[Organisation]) -> Verdict:
    """Whoever runs partnerships for one of the sides."""
    if any(actor.may_at(Permission.RUN_PARTNERSHIPS, side) for side in sides):
        return YES
    verdict = actor.may(Permission.RUN_PARTNERSHIPS)
    return may_not("committees.not_a_side") if verdict else verdict


def may_name(actor: Actor, side: CommitteeSide) -> Verdict:
    """Each side names its own people."""
    verdict = actor.may_at(Permission.RUN_PARTNERSHIPS, side.organisation)
    if verdict or not actor.may(Permission.RUN_PARTNERSHIPS):
        return verdict
    return may_not("committees.not_a_side")


def may_tend(actor: Actor, committee: Committee, seats: Sequence[Seat], day: date) -> Verdict:
    """The chair, the chair's deputy, and the offices of the sides: plan meetings, put motions, write minutes."""
    if chairs(actor, seats, day):
        return YES
    if any(actor.may_at(Permission.RUN_PARTNERSHIPS, side.organisation) for side in committee.sides.all()):
        return YES
    return may_not("committees.not_yours")


def may_add(actor: Actor, committee: Committee, seats: Sequence[Seat], day: date) -> Verdict:
    """Put something on an agenda: every seat, also one that only advises, and whoever tends the committee."""
    sits = any(seat.holds(day) and _sits(actor, seat) for seat in seats)
    return YES if sits else may_tend(actor, committee, seats, day)


def chairs(actor: Actor, seats: Sequence[Seat], day: date) -> bool:
    """Whether the actor holds the chair on this day, or deputises for it."""
    return any(seat.kind == "chair" and seat.holds(day) and _sits(actor, seat) for seat in seats)


def may_chair(actor: Actor, seats: Sequence[Seat], day: date) -> Verdict:
    """Opening and closing votes is for the chair."""
    return YES if chairs(actor, seats, day) else may_not("committees.not_chair")


def may_vote_for(actor: Actor, seat: Seat) -> Verdict:
    """The member, or the deputy."""
    return YES if _sits(actor, seat) else may_not("committees.no_seat")


def can_vote(actor: Actor, motion: Motion, seat: Seat, ballot: Ballot | None, day: date) -> Verdict:
    """The motion is open, the seat is held and votes, and no deputy comes after the member."""
    if motion.state != "open":
        return not_now("committees.not_open")
    if not seat.holds(day):
        return not_now("committees.seat_ended")
    if not seat.votes:
        return not_now("committees.advice_only")
    deputises = actor.person is not None and actor.person.pk != seat.person_id
    if deputises and ballot is not None and ballot.cast_by_id == seat.person_id:
        return not_now("committees.member_voted")
    return YES


def may_end(actor: Actor, decision: Decision, seats: Sequence[Seat], day: date) -> Verdict:
    """Whoever owns the decision, or the chair."""
    if owns(actor, decision) or chairs(actor, seats, day):
        return YES
    return may_not("committees.not_owner")


def owns(actor: Actor, decision: Decision) -> bool:
    """Whether the actor carries a decision out, or deputises for whoever does."""
    return _sits(actor, decision.owner)


def own_seats(actor: Actor, seats: Sequence[Seat], day: date) -> list[Seat]:
    """The seats with a vote for which the actor may vote: the own one first, then those of others as deputy."""
    mine = [seat for seat in seats if seat.votes and seat.holds(day) and _sits(actor, seat)]
    return sorted(mine, key=lambda seat: actor.person is None or seat.person_id != actor.person.pk)


def _sits(actor: Actor, seat: Seat) -> bool:
    return actor.person is not None and actor.person.pk in (seat.person_id, seat.deputy_id)
