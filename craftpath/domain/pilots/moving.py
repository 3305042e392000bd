"""Steps: planned, closed by what is there or for a reason, reopened."""

from __future__ import annotations

from datetime import date, datetime

from craftpath.domain.pilots import rules
from craftpath.domain.pilots.facts import StepMoved, StepPlanned
from craftpath.domain.pilots.finding import Standing, standing_of
from craftpath.domain.pilots.models import RoundStep, StepEvent
from craftpath.domain.pilots.queries import steps_of, who_may_own
from craftpath.domain.pilots.starting import held as pilot_held
from craftpath.domain.pilots.states import ROUND, STEP
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require


@action
def plan_step(
    step: RoundStep, *, owner: Person | None, due_on: date | None, by: Actor, at: datetime
) -> RoundStep:
    """Say whose a step is and by when; the office does. The same changes nothing."""
    step = held(step)
    require(rules.may_run(by, step.round.pilot))
    require(rules.can_change(step))
    if (step.owner_id, step.due_on) == (owner.pk if owner else None, due_on):
        return step
    able = {one.pk: place for place, one in who_may_own(step.round.pilot, step.round.pilot.day(at))}
    if owner is not None and owner.pk not in able:
        raise Refused(not_now("pilots.not_an_owner", name=owner.name))
    step.owner, step.due_on = owner, due_on
    step.place = able[owner.pk] if owner else None
    step.save(update_fields=["owner", "place", "due_on"])
    told = StepPlanned(step=step.order, round=step.round.number)
    tell(told, by=by, at=at, organisation=step.round.pilot.organisation, subject=step.round.pilot.ref)
    return step


@action
def close_step(step: RoundStep, *, by: Actor, at: datetime) -> RoundStep:
    """Close a step that lacks nothing; what the record says now is frozen with it.

    Refused with `pilots.lacks` where something is missing. Pressed twice by one person it is closed once.
    """
    step = held(step)
    require(rules.may_close(by, step))
    if _mine_already(step, "done", by):
        return step
    now = standing_of(step, steps_of(step.round), at)
    if step.state == STEP.start and not now.ready:
        raise Refused(not_now("pilots.lacks", count=len(now.lacks)))
    return _closed(step, "close", now, "", by, at)


@action
def waive_step(step: RoundStep, *, because: str, by: Actor, at: datetime) -> RoundStep:
    """Close a step although something lacks, for a reason that is kept beside what lacked."""
    step = held(step)
    require(rules.may_close(by, step))
    if _mine_already(step, "waived", by) and step.because == because.strip():
        return step
    require(rules.can_reason(because))
    now = standing_of(step, steps_of(step.round), at)
    if step.state == STEP.start and now.ready:
        raise Refused(not_now("pilots.lacks_nothing"))
    return _closed(step, "waive", now, because.strip(), by, at)


@action
def reopen_step(step: RoundStep, *, because: str, by: Actor, at: datetime) -> RoundStep:
    """Open a closed step again, for a reason; the history keeps both. Not once the next round has begun."""
    step = held(step)
    require(rules.may_run(by, step.round.pilot))
    require(rules.can_go_on(step.round.pilot))
    require(rules.can_reason(because))
    require(rules.can_still_change(step.round))
    after = STEP.after(step.state, "reopen")
    _note(step, "reopen", because.strip(), [], by, at)
    step.state, step.closed_at, step.closed_by, step.because = after, None, None, ""
    step.found, step.lacked = [], []
    step.save(update_fields=["state", "closed_at", "closed_by", "because", "found", "lacked"])
    if step.round.state == "closed":
        step.round.state, step.round.closed_at = ROUND.after(step.round.state, "reopen"), None
        step.round.save(update_fields=["state", "closed_at"])
    _tell(step, because.strip(), by, at)
    return step


def held(step: RoundStep) -> RoundStep:
    """The step as it is now; its pilot, and so its rounds, are kept from others until the open transaction ends."""
    pilot_held(step.round.pilot)
    rows = RoundStep.objects.select_related("round__pilot__organisation", "round__cycle")
    return rows.get(pk=step.pk)


def _mine_already(step: RoundStep, state: str, by: Actor) -> bool:
    return step.state == state and by.person is not None and step.closed_by_id == by.person.pk


def _closed(step: RoundStep, move: str, now: Standing, because: str, by: Actor, at: datetime) -> RoundStep:
    step.state = STEP.after(step.state, move)
    require(rules.can_go_on(step.round.pilot))
    step.closed_at, step.closed_by, step.because = at, by.person, because
    step.found = [one.as_json() for one in (*now.checks, *now.shows)]
    step.lacked = [one.as_json() for one in now.lacks]
    step.save(update_fields=["state", "closed_at", "closed_by", "because", "found", "lacked"])
    _note(step, move, because, step.lacked, by, at)
    if not RoundStep._base_manager.filter(round=step.round_id, state=STEP.start).exists():
        step.round.state, step.round.closed_at = ROUND.after(step.round.state, "close"), at
        step.round.save(update_fields=["state", "closed_at"])
    _tell(step, because, by, at)
    return step


def _note(
    step: RoundStep, move: str, because: str, lacked: list[dict[str, str]], by: Actor, at: datetime
) -> None:
    StepEvent.objects.create(step=step, move=move, person=by.person, at=at, because=because, lacked=lacked)


def _tell(step: RoundStep, because: str, by: Actor, at: datetime) -> None:
    told = StepMoved(step=step.order, round=step.round.number, state=step.state, because=because)
    tell(told, by=by, at=at, organisation=step.round.pilot.organisation, subject=step.round.pilot.ref)
