"""Rounds that begin, go on and end without pairs: people, days, what matters, who is pinned or kept apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.matching import rules
from craftpath.domain.matching.facts import PairMarked, RoundDropped, RoundOpened, RoundWeighed, SeatsChanged
from craftpath.domain.matching.gathering import gather
from craftpath.domain.matching.models import Mark, Round, Seat
from craftpath.domain.matching.rules import Sitting
from craftpath.domain.matching.states import ROUND
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


@action
def open_round(
    name: str,
    kind: str,
    seats: Sequence[Sitting],
    *,
    organisation: Organisation,
    starts_on: date,
    ends_on: date | None = None,
    method: str = "worth",
    shares: Sequence[int] = (1000,),
    keep: bool = False,
    leaving: Person | None = None,
    weights: Mapping[str, int] = rules.USUAL,
    seed: int = 1,
    made_id: str = "",
    by: Actor,
    at: datetime,
) -> Round:
    """Begin a round with these people. The same `made_id` again gives the round that is there."""
    require(rules.may_match(by, organisation))
    require(rules.can_open(kind, method, starts_on, ends_on, shares))
    require(rules.may_seat(by, seats))
    require(rules.can_seat(kind, seats))
    require(rules.can_weigh(weights))
    if not name.strip():
        raise Refused(not_now("matching.no_name"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if made_id:
        before = Round._base_manager.filter(organisation=organisation, made_id=made_id).first()
        if before is not None:
            return before
    row = Round.objects.create(
        organisation=organisation,
        name=name.strip(),
        kind=kind,
        method=method,
        starts_on=starts_on,
        ends_on=ends_on,
        shares=list(shares),
        keep=keep,
        leaving=leaving,
        weights=dict(weights),
        seed=seed,
        opened_at=at,
        made_id=made_id,
    )
    _seat(row, seats)
    told = RoundOpened(kind=kind, teachers=_count(seats, "teaches"), learners=_count(seats, "learns"))
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row


def _seat(row: Round, seats: Sequence[Sitting]) -> None:
    Seat.objects.bulk_create(
        Seat(
            round=row,
            person=one.person,
            side=one.side,
            place=one.place,
            enrolment=one.enrolment,
            most=one.most,
            level=one.level,
        )
        for one in seats
    )


def _count(seats: Sequence[Sitting], side: str) -> int:
    return sum(one.side in (side, "both") for one in seats)


@action
def change_seats(row: Round, seats: Sequence[Sitting], *, by: Actor, at: datetime) -> Round:
    """Let these people take part and nobody else; what was marked or wished of those who stay, stays."""
    row = held(row)
    require(rules.may_match(by, row.organisation))
    require(rules.may_seat(by, seats))
    require(rules.can_seat(row.kind, seats))
    _require_running(row)
    wanted = {(one.person.pk, one.side): one for one in seats}
    kept, gone, changed = set(), [], []
    for seat in row.seats.all():
        key = (seat.person_id, seat.side)
        if key not in wanted:
            gone.append(seat.pk)
            continue
        kept.add(key)
        one = wanted[key]
        if (seat.place_id, seat.most, seat.level) != (one.place.pk, one.most, one.level):
            seat.place, seat.most, seat.level = one.place, one.most, one.level
            changed.append(seat)
    new = [one for key, one in wanted.items() if key not in kept]
    if not gone and not new and not changed:
        return row
    row.seats.filter(pk__in=gone).delete()
    Seat.objects.bulk_update(changed, ["place", "most", "level"])
    _seat(row, new)
    told = SeatsChanged(teachers=_count(seats, "teaches"), learners=_count(seats, "learns"))
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def weigh(row: Round, weights: Mapping[str, int], *, keep: bool, by: Actor, at: datetime) -> Round:
    """Say what matters, and whether pairs that stand should go on; the same changes nothing."""
    row = held(row)
    require(rules.may_match(by, row.organisation))
    _require_running(row)
    require(rules.can_weigh(weights))
    if row.weights == dict(weights) and row.keep == keep:
        return row
    row.weights, row.keep = dict(weights), keep
    row.save(update_fields=["weights", "keep"])
    told = RoundWeighed(weights=dict(weights), keep=keep)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def mark_pair(
    row: Round, teacher: Seat, learner: Seat, mark: str, *, because: str = "", by: Actor, at: datetime
) -> Round:
    """Pin two people to each other, keep them apart, or with "" neither; the same changes nothing."""
    row = held(row)
    require(rules.may_match(by, row.organisation))
    _require_running(row)
    before = Mark.objects.filter(teacher=teacher, learner=learner, round=row).first()
    if (before.mark if before else "", before.because if before else "") == (mark, because):
        return row
    table = gather(row)
    where = {seat.pk: at_ for at_, seat in enumerate(table.teachers)}
    whom = {seat.pk: at_ for at_, seat in enumerate(table.learners)}
    if teacher.pk not in where or learner.pk not in whom:
        raise Refused(not_now("matching.not_in_round"))
    require(rules.can_mark(table, (where[teacher.pk], whom[learner.pk]), mark))
    if before is not None:
        before.delete()
    if mark:
        Mark.objects.create(round=row, teacher=teacher, learner=learner, mark=mark, because=because)
    told = PairMarked(
        teacher=teacher.person.public_id, learner=learner.person.public_id, mark=mark, because=because
    )
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def drop_round(row: Round, *, because: str, by: Actor, at: datetime) -> Round:
    """End a round without pairs, with a reason."""
    row = held(row)
    require(rules.may_match(by, row.organisation))
    if row.state == "dropped" and row.because == because:
        return row
    require(rules.can_drop(because))
    row.state = ROUND.after(row.state, "drop")
    row.because, row.ended_at = because, at
    row.save(update_fields=["state", "because", "ended_at"])
    tell(RoundDropped(because=because), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def held(row: Round) -> Round:
    """The round as it is now, kept from others until the open transaction ends."""
    return (
        Round._base_manager.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "leaving")
        .get(pk=row.pk)
    )


def _require_running(row: Round) -> None:
    if row.state not in ("open", "asking"):
        raise Refused(not_now("matching.over"))
