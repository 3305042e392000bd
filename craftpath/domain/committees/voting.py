"""Motions: prepared, opened by the chair, voted on by seats, closed and counted."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.committees import rules
from craftpath.domain.committees.facts import MotionMoved, VoteCast
from craftpath.domain.committees.models import AgendaItem, Ballot, Committee, Motion, Seat
from craftpath.domain.committees.queries import seats_of, tally_of
from craftpath.domain.committees.sitting import locked, said, tell_of
from craftpath.domain.committees.states import MOTION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Verdict, not_now, require


@action
def prepare_motion(
    committee: Committee,
    *,
    text: dict[str, str],
    rule: str,
    quorum: int | None = None,
    secret: bool = False,
    item: AgendaItem | None = None,
    about: Ref | None = None,
    by: Actor,
    at: datetime,
) -> Motion:
    """Put a motion before the committee; nobody votes before the chair opens it."""
    held = locked(committee)
    require(rules.may_tend(by, held, seats_of(held), localdate(at)))
    require(said(text))
    quorum = held.quorum if quorum is None else quorum
    require(YES if 1 <= quorum <= 100 else not_now("committees.quorum_unclear"))
    row = Motion(
        committee=held, item=item, about=str(about or ""), text=text, rule=rule, quorum=quorum, secret=secret,
        made_by=by.person, made_at=at,
    )  # fmt: skip
    row.save()
    tell_of(held, MotionMoved(row.public_id, row.state), by=by, at=at)
    return row


@action
def open_motion(motion: Motion, *, by: Actor, at: datetime) -> Motion:
    """Let it be voted on."""
    row = _chaired(motion, by, at)
    require(YES if row.committee.ended_at is None else not_now("committees.ended"))
    seats = [seat for seat in seats_of(row.committee) if seat.votes and seat.holds(localdate(at))]
    require(YES if seats else not_now("committees.no_seats"))
    row.state, row.opened_at = MOTION.after(row.state, "open"), at
    row.save(update_fields=["state", "opened_at"])
    tell_of(row.committee, MotionMoved(row.public_id, row.state), by=by, at=at)
    return row


@action
def cast_vote(motion: Motion, *, seat: Seat, voice: str, by: Actor, at: datetime) -> Ballot:
    """Vote for a seat; until the vote is closed, voting anew replaces what was said before."""
    row = _locked(motion)
    held = Seat.objects.select_related("person", "deputy").get(pk=seat.pk, committee=row.committee_id)
    require(rules.may_vote_for(by, held))
    before = Ballot.objects.filter(motion=row, seat=held).first()
    require(rules.can_vote(by, row, held, before, localdate(at)))
    ballot = before or Ballot(motion=row, seat=held)
    ballot.voice, ballot.cast_at = voice, at
    ballot.cast_by_id = by.person.pk if by.person else held.person_id
    ballot.save()
    tell_of(row.committee, VoteCast(row.public_id, held.public_id), by=by, at=at)
    return ballot


@action
def close_motion(motion: Motion, *, by: Actor, at: datetime) -> Motion:
    """Count. Of a secret motion only the sum is kept: how each seat voted is forgotten here."""
    row = _chaired(motion, by, at)
    state, tally = MOTION.after(row.state, "close"), tally_of(row, localdate(at))
    row.state, row.closed_at, row.outcome = state, at, tally.outcome.value
    row.tally = {
        "yes": tally.yes, "no": tally.no, "abstain": tally.abstain, "seats": tally.seats, "needed": tally.needed
    }  # fmt: skip
    if row.secret:
        Ballot.objects.filter(motion=row).update(voice="")
    else:
        row.tally["sides"] = {side: list(said) for side, said in tally.sides.items()}
    row.save(update_fields=["state", "closed_at", "outcome", "tally"])
    tell_of(row.committee, MotionMoved(row.public_id, row.state, row.outcome), by=by, at=at)
    return row


@action
def withdraw_motion(motion: Motion, *, by: Actor, at: datetime) -> Motion:
    """Take it back before it is counted; votes given so far are forgotten."""
    row = _locked(motion)
    require(_may_withdraw(by, row, at))
    row.state = MOTION.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    Ballot.objects.filter(motion=row).update(voice="")
    tell_of(row.committee, MotionMoved(row.public_id, row.state), by=by, at=at)
    return row


def _may_withdraw(by: Actor, row: Motion, at: datetime) -> Verdict:
    own = by.person is not None and by.person.pk == row.made_by_id
    return YES if own else rules.may_chair(by, seats_of(row.committee), localdate(at))


def _locked(motion: Motion) -> Motion:
    rows = Motion.objects.select_for_update(of=("self",)).select_related("committee__organisation")
    return rows.get(pk=motion.pk)


def _chaired(motion: Motion, by: Actor, at: datetime) -> Motion:
    row = _locked(motion)
    require(rules.may_chair(by, seats_of(row.committee), localdate(at)))
    return row
