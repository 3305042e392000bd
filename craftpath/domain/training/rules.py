"""Who plans, and whether now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.training.models import HourLine, PlanUnit, RotationPattern, Stay
from craftpath.domain.training.patterns import WEEK, Step, length
from craftpath.domain.training.states import PATTERN, STAY
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from craftpath.domain.apprenticeships.models import Cohort

MOST_STEPS = 40
MOST_UNITS = 200
MOST_WEEKS = 160
MOST_MINUTES = 10_000 * 60
BECAUSE_LONGEST = 200


def may_plan(actor: Actor, cohort: Cohort) -> Verdict:
    """Coordinators and administrators of the cohort's organisation or one above it."""
    return actor.may_at(Permission.PLAN_TRAINING, cohort.organisation)


def may_keep_departments(actor: Actor, host: Organisation, hosts: Collection[int]) -> Verdict:
    """The same people, for their own organisation and for `hosts`, where apprentices of theirs learn."""
    verdict = actor.may(Permission.PLAN_TRAINING)
    if not verdict or host.pk in hosts:
        return verdict
    return YES if actor.may_at(Permission.PLAN_TRAINING, host) else may_not("kernel.belongs_to_another")


def can_expand(steps: Sequence[Step], units: Collection[str]) -> Verdict:
    """A pattern has steps, of units that the plan has, and does not go on for ever."""
    if not steps:
        return not_now("training.no_steps")
    strange = [step.unit for step in steps if step.unit not in units]
    if strange:
        return not_now("training.unit_unknown", unit=strange[0])
    if len(steps) > MOST_STEPS or length(steps) > MOST_WEEKS or any(step.weeks < 1 for step in steps):
        return not_now("training.too_long", most=MOST_WEEKS)
    return YES


def can_add(unit: str, starts_on: date, ends_on: date, units: Mapping[str, PlanUnit]) -> Verdict:
    """A stay is in a unit that has hours, ends after it begins, and is no longer than a rotation."""
    if unit not in units or not units[unit].minutes:
        return not_now("training.unit_unknown", unit=unit)
    if ends_on < starts_on:
        return not_now("training.ends_before_start")
    too_long = ends_on - starts_on >= MOST_WEEKS * WEEK
    return not_now("training.stay_too_long", most=MOST_WEEKS) if too_long else YES


def can_take_out(unit: PlanUnit) -> Verdict:
    """Only a unit of the class's own, in which nobody has ever had a stay: logs and hours come of stays. One query."""
    if not unit.own:
        return not_now("training.unit_of_programme")
    stays = Stay._base_manager.filter(unit=unit).count()
    return not_now("training.unit_has_stays", count=stays) if stays else YES


def can_undo(pattern: RotationPattern) -> Verdict:
    """While nobody has changed a stay of it, and no hours were posted since for its days; two queries."""
    if not PATTERN.can(pattern.state, "undo"):
        return not_now("training.undone_already")
    stays = Stay._base_manager.filter(pattern=pattern)
    changed = stays.exclude(changed_at=pattern.published_at, state=STAY.start).count()
    if changed:
        return not_now("training.stays_changed", count=changed)
    hours = HourLine._base_manager.filter(
        posted_at__gt=pattern.published_at,
        on__gte=pattern.starts_on,
        enrolment__in=stays.order_by().values("enrolment_id"),
    ).count()
    return not_now("training.hours_posted", count=hours) if hours else YES


def can_end(stay: Stay, on: date) -> Verdict:
    """On a day from its first to the one before its last; a later one is a move."""
    if not STAY.can(stay.state, "end"):
        return not_now("training.stay_over")
    inside = stay.starts_on <= on < stay.ends_on
    days = {"first": stay.starts_on.isoformat(), "last": stay.ends_on.isoformat()}
    return YES if inside else not_now("training.ends_outside", **days)


def can_cancel(stay: Stay, today: date) -> Verdict:
    """Before it has begun; afterwards it can end early."""
    if not STAY.can(stay.state, "cancel"):
        return not_now("training.stay_over")
    return YES if stay.starts_on > today else not_now("training.stay_begun")


def can_move(stay: Stay, starts_on: date, ends_on: date, today: date) -> Verdict:
    """While it is planned; what has begun keeps its first day, and nothing is moved behind today."""
    if not STAY.can(stay.state, "move"):
        return not_now("training.stay_over")
    if ends_on < starts_on:
        return not_now("training.ends_before_start")
    if starts_on != stay.starts_on and min(starts_on, stay.starts_on) <= today:
        return not_now("training.stay_begun_keeps_day")
    if ends_on != stay.ends_on and ends_on < today:
        return not_now("training.stay_past")
    return YES
