"""Changes: raised from evidence, decided with a reason, carried out; the next round starts from them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from craftpath.domain.pilots import rules
from craftpath.domain.pilots.facts import ChangeMoved
from craftpath.domain.pilots.made import made_before
from craftpath.domain.pilots.models import PilotChange, PilotRound
from craftpath.domain.pilots.queries import who_may_own
from craftpath.domain.pilots.starting import held as pilot_held
from craftpath.domain.pilots.states import CHANGE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require

LONGEST_WHAT = 300
MOST = 100
"""Changes of one round."""


@action
def propose_change(
    row: PilotRound,
    *,
    made_id: uuid.UUID,
    what: str,
    why: str,
    into: str,
    source: str = "",
    by: Actor,
    at: datetime,
) -> PilotChange:
    """Raise a change: what, why, and which step of the next round takes it up. The same `made_id` is the same row.

    Refused once the next round has begun: it is raised there, where it will be decided.
    """
    pilot = pilot_held(row.pilot)
    require(rules.may_raise(by, pilot))
    known = made_before(PilotChange._base_manager.all(), made_id, round=row)
    if known is not None:
        return known
    require(rules.can_go_on(pilot))
    require(rules.can_still_change(row))
    if not what.strip() or len(what.strip()) > LONGEST_WHAT:
        raise Refused(not_now("pilots.no_what", most=LONGEST_WHAT))
    require(rules.can_say(why))
    if into not in {one["key"] for one in row.cycle.steps}:
        raise Refused(not_now("pilots.step_unknown"))
    if PilotChange._base_manager.filter(round=row).count() >= MOST:
        raise Refused(not_now("pilots.too_many_changes", most=MOST))
    change = PilotChange.objects.create(
        made_id=made_id, round=row, what=what.strip(), why=why.strip(), into=into, source=source[:60],
        raised_by=by.person, raised_at=at,
    )  # fmt: skip
    return _told(change, by, at)


@action
def accept_change(
    change: PilotChange,
    *,
    owner: Person | None,
    due_on: date | None,
    because: str = "",
    by: Actor,
    at: datetime,
) -> PilotChange:
    """Decide to do it: by whom and by when."""
    change = held(change)
    require(rules.may_run(by, change.round.pilot))
    able = {one.pk: place for place, one in who_may_own(change.round.pilot, change.round.pilot.day(at))}
    if owner is None or owner.pk not in able:
        raise Refused(not_now("pilots.change_without_owner"))
    if change.state == "accepted" and (change.owner_id, change.due_on) == (owner.pk, due_on):
        return change
    change.owner, change.place, change.due_on = owner, able[owner.pk], due_on
    return _decided(change, "accept", because, by, at)


@action
def postpone_change(change: PilotChange, *, because: str, by: Actor, at: datetime) -> PilotChange:
    """Put it off, with a reason; the next round is asked again."""
    return _said_no(change, "postpone", because, by, at)


@action
def decline_change(change: PilotChange, *, because: str, by: Actor, at: datetime) -> PilotChange:
    """Decide against it, with a reason."""
    return _said_no(change, "decline", because, by, at)


@action
def finish_change(change: PilotChange, *, by: Actor, at: datetime) -> PilotChange:
    """Say that it is carried out: the owner, or the office. Once more changes nothing."""
    change = held(change)
    if by.person is None or change.owner_id != by.person.pk:
        require(rules.may_run(by, change.round.pilot))
    if change.state == "finished":
        return change
    change.state, change.finished_at = CHANGE.after(change.state, "finish"), at
    change.save(update_fields=["state", "finished_at"])
    return _told(change, by, at)


def held(change: PilotChange) -> PilotChange:
    """The change as it is now; its pilot is kept from others until the open transaction ends."""
    pilot_held(change.round.pilot)
    return PilotChange.objects.select_related("round__pilot__organisation", "round__cycle").get(pk=change.pk)


def _said_no(change: PilotChange, move: str, because: str, by: Actor, at: datetime) -> PilotChange:
    change = held(change)
    require(rules.may_run(by, change.round.pilot))
    require(rules.can_reason(because))
    if change.state in CHANGE.moves[move].values() and change.because == because.strip():
        return change
    return _decided(change, move, because, by, at)


def _decided(change: PilotChange, move: str, because: str, by: Actor, at: datetime) -> PilotChange:
    require(rules.can_go_on(change.round.pilot))
    change.state = CHANGE.after(change.state, move)
    change.because = because.strip()[: rules.LONGEST_WORDS]
    change.decided_by, change.decided_at = by.person, at
    change.save()
    return _told(change, by, at)


def _told(change: PilotChange, by: Actor, at: datetime) -> PilotChange:
    pilot = change.round.pilot
    told = ChangeMoved(what=change.what, state=change.state, because=change.because)
    tell(told, by=by, at=at, organisation=pilot.organisation, subject=pilot.ref)
    return change
