"""Who runs a venture, and what it may be like."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.ventures.basis import Basis
from craftpath.domain.ventures.models import KINDS, LONGEST_GOAL, LONGEST_LINE, OPEN, Venture
from craftpath.kernel.access import Actor, memberships_on
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.ventures.models import Side

LONGEST_SPAN = timedelta(days=5 * 366)
MOST = 60  # milestones, pointers, files, people in charge: of each


def may_plan(actor: Actor, basis: Basis) -> Verdict:
    """The office of a side, or of something above or below it."""
    verdict = actor.may(Permission.RUN_VENTURES)
    if not verdict or actor.organisation is None:
        return verdict
    paths = [side.path for side in basis.sides]
    own = any(
        actor.organisation.path.startswith(path) or path.startswith(actor.organisation.path) for path in paths
    )
    return YES if own else may_not("ventures.not_a_side")


def may_run(actor: Actor, venture: Venture) -> Verdict:
    """The office of one of its sides."""
    sides = (actor.may_at(Permission.RUN_VENTURES, side.organisation) for side in venture.sides.all())
    return YES if any(sides) else may_not("ventures.not_in_charge")


def may_work(actor: Actor, venture: Venture) -> Verdict:
    """Whoever is in charge, and the offices of its sides: milestones, files, what happened."""
    mine = actor.person is not None and any(one.person_id == actor.person.pk for one in venture.charges.all())
    return YES if mine else may_run(actor, venture)


def may_name_for(actor: Actor, side: Side) -> Verdict:
    """Each side names its own people, and takes them out again, also those who have left it."""
    return actor.may_at(Permission.RUN_VENTURES, side.organisation) or may_not("ventures.not_ours")


def can_be_named(side: Side, person: Person, today: date) -> Verdict:
    """Those with a role at the side or below."""
    held = memberships_on(today).filter(person=person, organisation__path__startswith=side.organisation.path)
    return YES if held.exists() else not_now("ventures.not_ours")


def can_be_planned(
    kind: str, title: dict[str, str], goal: str, first: date, last: date, basis: Basis
) -> Verdict:
    """A name, a goal, and days that the agreement covers."""
    if kind not in KINDS or not Text.of(title).both().strip():
        return not_now("ventures.no_title")
    if not goal.strip() or len(goal) > LONGEST_GOAL:
        return not_now("ventures.no_goal", most=LONGEST_GOAL)
    if not first <= last <= first + LONGEST_SPAN:
        return not_now("ventures.days_unclear")
    if not basis.in_force:
        return not_now("ventures.no_basis")
    return YES if last <= basis.last else not_now("ventures.after_basis", last=basis.last)


def can_go_on(venture: Venture) -> Verdict:
    """While it is planned or running."""
    return YES if venture.state in OPEN else not_now("ventures.over")


def can_be_due(venture: Venture, title: str, due_on: date) -> Verdict:
    """A name and a day of the venture."""
    fits = bool(title.strip()) and venture.starts_on <= due_on <= venture.ends_on
    return YES if fits else not_now("ventures.no_milestone")


def can_have_ended(venture: Venture, on: date, today: date) -> Verdict:
    """Between its first day and today; today also where it was started early."""
    fits = min(venture.starts_on, today) <= on <= today
    return YES if fits else not_now("ventures.end_unclear", first=venture.starts_on)


def can_say(words: str, reason: str, most: int = LONGEST_LINE) -> Verdict:
    """Something, and not too much of it."""
    return YES if words.strip() and len(words) <= most else not_now(reason, most=most)


def can_add(count: int) -> Verdict:
    """One more fits."""
    return YES if count < MOST else not_now("ventures.too_many", most=MOST)
