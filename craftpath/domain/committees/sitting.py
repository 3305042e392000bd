"""Founding a committee, and who sits in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from craftpath.domain.committees import rules
from craftpath.domain.committees.facts import CommitteeEnded, CommitteeFounded, SeatChanged, SeatTaken
from craftpath.domain.committees.models import Committee, CommitteeSide, Seat, held_on
from craftpath.domain.committees.queries import seats_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, not_now, require


@action
def found_committee(
    owner: Ref,
    *,
    name: dict[str, str],
    sides: Sequence[Organisation],
    quorum: int = 50,
    allowed: Verdict | None = None,
    by: Actor,
    at: datetime,
) -> Committee:
    """Found one for an owner. `allowed` is the verdict of a noun with its own rule for who founds committees."""
    require(rules.may_found(by, sides) if allowed is None else allowed)
    require(YES if 1 <= len(sides) <= rules.MOST_SIDES else not_now("committees.sides_few"))
    require(said(name))
    require(YES if 1 <= quorum <= 100 else not_now("committees.quorum_unclear"))
    row = Committee(
        organisation=sides[0], owner=str(owner), name=name, quorum=quorum, made_by=by.person, made_at=at
    )
    row.save()
    CommitteeSide.objects.bulk_create(
        CommitteeSide(committee=row, organisation=side, order=order)
        for order, side in enumerate(sides, start=1)
    )
    tell_of(row, CommitteeFounded(row.public_id), by=by, at=at)
    return row


@action
def end_committee(committee: Committee, *, by: Actor, at: datetime) -> Committee:
    """It meets and decides no more; minutes are still signed, and what was decided is still carried out."""
    row = locked(committee)
    require(rules.may_tend(by, row, seats_of(row), localdate(at)))
    require(not_now("committees.vote_open") if row.motions.filter(state="open").exists() else YES)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    tell_of(row, CommitteeEnded(row.public_id), by=by, at=at)
    return row


@action
def seat_person(
    side: CommitteeSide,
    *,
    person: Person,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    deputy: Person | None = None,
    by: Actor,
    at: datetime,
) -> Seat:
    """Name somebody for a side: in the chair, with a vote, or to advise."""
    committee = locked(side.committee)
    side = CommitteeSide.objects.select_related("organisation").get(pk=side.pk)
    require(rules.may_name(by, side))
    require(not_now("committees.ends_before") if ends_on is not None and ends_on < starts_on else YES)
    held = Seat.objects.filter(held_on(starts_on), committee=committee)
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    taken = held.filter(side=side, person=person).exists()
    require(not_now("committees.seated_already") if taken else YES)
    # On the day on which the chair is handed over both hold it.
    chaired = kind == "chair" and held.filter(kind="chair").exclude(ends_on=starts_on).exists()
    require(not_now("committees.chaired_already") if chaired else YES)
    require(not_now("committees.own_deputy") if deputy is not None and deputy.pk == person.pk else YES)
    row = Seat(
        committee=committee, side=side, person=person, deputy=deputy, kind=kind, starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    row.save()
    tell_of(committee, SeatTaken(row.public_id, person.public_id), by=by, at=at)
    return row


@action
def end_seat(seat: Seat, *, on: date, by: Actor, at: datetime) -> Seat:
    """The seat is given up; this is its last day."""
    row = _seat(seat, by)
    require(not_now("committees.ends_before") if on < row.starts_on else YES)
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    tell_of(row.committee, SeatChanged(row.public_id), by=by, at=at)
    return row


@action
def name_deputy(seat: Seat, *, deputy: Person | None, by: Actor, at: datetime) -> Seat:
    """Say who votes when the member cannot; nobody if None."""
    row = _seat(seat, by)
    require(not_now("committees.own_deputy") if deputy is not None and deputy.pk == row.person_id else YES)
    row.deputy = deputy
    row.save(update_fields=["deputy"])
    tell_of(row.committee, SeatChanged(row.public_id), by=by, at=at)
    return row


def locked(committee: Committee) -> Committee:
    """The committee, locked; refused once it has ended."""
    row = Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
    require(YES if row.ended_at is None else not_now("committees.ended"))
    return row


def _seat(seat: Seat, by: Actor) -> Seat:
    row = Seat.objects.select_for_update(of=("self",)).select_related("committee", "side__organisation")
    found = row.get(pk=seat.pk)
    require(rules.may_name(by, found.side))
    return found


def said(words: dict[str, Any]) -> Verdict:
    """Something is said in one of the languages."""
    return YES if Text.of(words).both().strip() else not_now("committees.empty")


def tell_of(committee: Committee, fact: Fact, *, by: Actor, at: datetime) -> None:
    """Tell a fact in the history of the organisation that keeps the committee's papers."""
    tell(fact, by=by, at=at, organisation=committee.organisation, subject=committee.ref)
