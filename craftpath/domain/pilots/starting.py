"""Pilots begin, change and end; rounds open."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.pilots import rules
from craftpath.domain.pilots.facts import PilotChanged, PilotEnded, PilotStarted, RoundOpened
from craftpath.domain.pilots.finding import who_may_take_part
from craftpath.domain.pilots.made import made_before
from craftpath.domain.pilots.models import Cycle, Pilot, PilotMember, PilotRound, RoundStep
from craftpath.domain.pilots.queries import carried_into
from craftpath.domain.pilots.states import PILOT
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


@action
def start_pilot(
    *,
    organisation: Organisation,
    made_id: uuid.UUID,
    kind: str,
    name: dict[str, str],
    goals: str,
    starts_on: date,
    ends_on: date | None,
    members: Sequence[Organisation],
    classes: Iterable[Cohort] = (),
    by: Actor,
    at: datetime,
) -> Pilot:
    """Begin a pilot of an office; `ends_on` is the first day after it. The same `made_id` again is the same pilot."""
    require(rules.may_start(by, organisation))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    known = made_before(Pilot._base_manager.all(), made_id, organisation=organisation)
    if known is not None:
        return known
    _can_be(kind, name, goals, starts_on, ends_on)
    require(rules.can_have(members, who_may_take_part(organisation)))
    pilot = Pilot.objects.create(
        organisation=organisation, made_id=made_id, kind=kind, name=name, goals=goals.strip(),
        starts_on=starts_on, ends_on=ends_on, made_by=by.person, made_at=at,
    )  # fmt: skip
    _set_members(pilot, members, at)
    pilot.classes.set(classes)
    tell(PilotStarted(len(members)), by=by, at=at, organisation=organisation, subject=pilot.ref)
    return pilot


@action
def change_pilot(
    pilot: Pilot,
    *,
    kind: str,
    name: dict[str, str],
    goals: str,
    starts_on: date,
    ends_on: date | None,
    members: Sequence[Organisation],
    classes: Iterable[Cohort] = (),
    by: Actor,
    at: datetime,
) -> Pilot:
    """Write what a pilot is anew."""
    pilot = held(pilot)
    require(rules.may_run(by, pilot))
    require(rules.can_go_on(pilot))
    _can_be(kind, name, goals, starts_on, ends_on)
    require(rules.can_have(members, who_may_take_part(pilot.organisation, pilot)))
    pilot.kind, pilot.name, pilot.goals = kind, name, goals.strip()
    pilot.starts_on, pilot.ends_on = starts_on, ends_on
    pilot.save(update_fields=["kind", "name", "goals", "starts_on", "ends_on"])
    _set_members(pilot, members, at)
    pilot.classes.set(classes)
    tell(PilotChanged(len(members)), by=by, at=at, organisation=pilot.organisation, subject=pilot.ref)
    return pilot


@action
def end_pilot(pilot: Pilot, *, because: str, by: Actor, at: datetime) -> Pilot:
    """End it, with the reason; its rounds stay as they are. Once more changes nothing."""
    pilot = held(pilot)
    require(rules.may_run(by, pilot))
    require(rules.can_reason(because))
    if pilot.state == "ended" and pilot.because == because.strip():
        return pilot
    pilot.state, pilot.because = PILOT.after(pilot.state, "end"), because.strip()
    pilot.save(update_fields=["state", "because"])
    tell(PilotEnded(pilot.because), by=by, at=at, organisation=pilot.organisation, subject=pilot.ref)
    return pilot


@action
def open_round(pilot: Pilot, number: int, *, cycle: Cycle, by: Actor, at: datetime) -> PilotRound:
    """Begin round `number` on a version of a cycle; the same number again gives the round that is there.

    Refused while the round before is open. Decided changes of the rounds before come with it (`carried_into`).
    """
    pilot = held(pilot)
    require(rules.may_run(by, pilot))
    require(rules.can_go_on(pilot))
    rows = list(PilotRound.objects.filter(pilot=pilot).order_by("number"))
    known = next((row for row in rows if row.number == number), None)
    if known is not None:
        return known
    if number != len(rows) + 1 or any(row.state == "open" for row in rows):
        raise Refused(not_now("pilots.round_open"))
    row = PilotRound.objects.create(pilot=pilot, number=number, cycle=cycle, opened_at=at)
    steps = [RoundStep(round=row, key=one["key"], order=n) for n, one in enumerate(cycle.steps, start=1)]
    RoundStep.objects.bulk_create(steps)
    told = RoundOpened(number=number, carried=len(carried_into(row)))
    tell(told, by=by, at=at, organisation=pilot.organisation, subject=pilot.ref)
    return row


def held(pilot: Pilot) -> Pilot:
    """The pilot as it is now, kept from others until the open transaction ends."""
    rows = Pilot.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation").get(pk=pilot.pk)


def _can_be(kind: str, name: dict[str, str], goals: str, starts_on: date, ends_on: date | None) -> None:
    require(rules.can_name(name))
    if kind not in rules.KINDS:
        raise Refused(not_now("pilots.kind_unknown"))
    if goals.strip():
        require(rules.can_say(goals))
    require(rules.can_last(starts_on, ends_on))


def _set_members(pilot: Pilot, members: Sequence[Organisation], at: datetime) -> None:
    wanted = {one.pk for one in members}
    there = set(pilot.members.values_list("organisation_id", flat=True))
    PilotMember.objects.filter(pilot=pilot, organisation__in=there - wanted).delete()
    fresh = [one for one in members if one.pk not in there]
    PilotMember.objects.bulk_create(
        [PilotMember(pilot=pilot, organisation=one, since=pilot.day(at)) for one in fresh]
    )
