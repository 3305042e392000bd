"""Changing one stay of a published rotation: its days, its department, who is responsible; or ending it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.actions import ref as cohort_ref
from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.training import rules
from craftpath.domain.training.clashes import Bounds, Clash, Limits, clashes
from craftpath.domain.training.facts import StayCancelled, StayEnded, StayMoved
from craftpath.domain.training.limits import limits_of
from craftpath.domain.training.models import Department, Stay
from craftpath.domain.training.rotation import as_planned, neighbours
from craftpath.domain.training.rotation import stay as find
from craftpath.domain.training.states import STAY
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Move:
    """What a stay becomes; both days included."""

    starts_on: date
    ends_on: date
    department: Department | None
    responsible: Person | None


def clashes_of(stay: Stay, move: Move) -> list[Clash]:
    """What would not go together if the stay were moved so; nothing is written. Three queries."""
    department = move.department.pk if move.department else None
    responsible = move.responsible.pk if move.responsible else None
    near = neighbours(
        [stay.enrolment_id],
        [department] if department else [],
        [responsible] if responsible else [],
        move.starts_on,
        move.ends_on,
    )
    moved = replace(
        as_planned(stay),
        starts_on=move.starts_on,
        ends_on=move.ends_on,
        department_id=department,
        responsible_id=responsible,
    )
    limits = limits_of([stay.enrolment], [move.department] if move.department else [], move.starts_on)
    others = [one for one in near if one.name != stay.public_id]
    bounds = dict(limits.bounds)
    for one in others:  # only of the moved stay is it asked whether it lies inside the apprenticeship
        bounds.setdefault(one.enrolment_id, Bounds(one.starts_on))
    found = clashes([*others, moved], Limits(bounds, limits.capacity, limits.mentor_most, limits.born))
    return [clash for clash in found if stay.public_id in clash.stays]


@action
def move_stay(stay: Stay, move: Move, *, by: Actor, at: datetime) -> list[Clash]:
    """Give a stay other days, another department or another person; returns the clashes that it has now.

    What blocks a pattern blocks a move. A department must be its host's own.
    """
    stay = _held(stay, by)
    require(rules.can_move(stay, move.starts_on, move.ends_on, localdate(at)))
    if move.department is not None and move.department.host_id != stay.host_id:
        raise Refused(not_now("training.department_elsewhere"))
    if move.department is not None:
        Department._base_manager.select_for_update(of=("self",)).get(pk=move.department.pk)
    found = clashes_of(stay, move)
    if any(clash.level == "block" for clash in found):
        raise Refused(not_now("training.stay_blocked"))
    before = {
        "starts_on": stay.starts_on.isoformat(),
        "ends_on": stay.ends_on.isoformat(),
        "department": stay.department.public_id if stay.department else "",
        "responsible": stay.responsible.public_id if stay.responsible else "",
    }
    wanted = (move.starts_on, move.ends_on, move.department, move.responsible)
    if wanted == (stay.starts_on, stay.ends_on, stay.department, stay.responsible):
        return found
    stay.state = STAY.after(stay.state, "move")
    stay.starts_on, stay.ends_on, stay.department, stay.responsible = wanted
    stay.moved = True
    _keep(stay, ["starts_on", "ends_on", "department", "responsible", "moved"], by=by, at=at)
    told = StayMoved(stay.public_id, before, stay.starts_on.isoformat(), stay.ends_on.isoformat())
    _tell(told, stay, by=by, at=at)
    return found


@action
def end_stay(stay: Stay, *, on: date, because: str, by: Actor, at: datetime) -> Stay:
    """End a stay early: `on` is its last day."""
    stay = _held(stay, by)
    require(rules.can_end(stay, on))
    because = _reason(because)
    stay.state, stay.ends_on, stay.because = STAY.after(stay.state, "end"), on, because
    _keep(stay, ["ends_on", "because"], by=by, at=at)
    _tell(StayEnded(stay.public_id, on.isoformat(), because), stay, by=by, at=at)
    return stay


@action
def cancel_stay(stay: Stay, *, because: str, by: Actor, at: datetime) -> Stay:
    """Let a stay that has not begun not take place; its row is kept, and calendars show it as cancelled."""
    stay = _held(stay, by)
    require(rules.can_cancel(stay, localdate(at)))
    because = _reason(because)
    stay.state, stay.because = STAY.after(stay.state, "cancel"), because
    _keep(stay, ["because"], by=by, at=at)
    _tell(StayCancelled(stay.public_id, because), stay, by=by, at=at)
    return stay


def _held(stay: Stay, by: Actor) -> Stay:
    """Read it anew with its apprentice held, so that nothing is decided on what has changed meanwhile."""
    require(rules.may_plan(by, stay.enrolment.cohort))
    hold([stay.enrolment_id])
    found = find(stay.public_id)
    if found is None:
        raise Refused(not_now("training.stay_over"))
    return found


def _reason(because: str) -> str:
    because = because.strip()[: rules.BECAUSE_LONGEST]
    if not because:
        raise Refused(not_now("training.say_why"))
    return because


def _keep(stay: Stay, columns: list[str], *, by: Actor, at: datetime) -> None:
    stay.changed_by, stay.changed_at = by.person, at
    stay.save(update_fields=[*columns, "state", "changed_by", "changed_at"])


def _tell(told: StayMoved | StayEnded | StayCancelled, stay: Stay, *, by: Actor, at: datetime) -> None:
    cohort = stay.enrolment.cohort
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=cohort_ref(cohort))
