"""Who stands at a gate as what, and whether now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.rules import may_manage
from craftpath.domain.progression.conditions import Condition
from craftpath.domain.progression.models import LONGEST
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.kernel.organisations import Organisation


def may_open(actor: Actor, cohort: Cohort) -> Verdict:
    """Whoever runs the cohort; nobody opens the gate before oneself."""
    return may_manage(actor, cohort)


def may_open_for(actor: Actor, enrolment: Enrolment) -> Verdict:
    """The same for one apprentice."""
    if actor.person is not None and enrolment.person_id == actor.person.pk:
        return may_not("progression.own_gate")
    return may_open(actor, enrolment.cohort)


def may_note(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Papers are noted by the college or by the enterprise, each for its own apprentices."""
    if may_open_for(actor, enrolment):
        return YES
    host = enrolment.enterprise
    if host is not None and actor.may_at(Permission.MANAGE_AGREEMENTS, host):
        return YES
    return may_not("progression.not_yours_to_note")


def may_shape(actor: Actor, organisation: Organisation) -> Verdict:
    """What a gate asks is written by whoever writes schemes."""
    return actor.may_at(Permission.EDIT_SCHEMES, organisation)


def can_waive(condition: Condition, because: str) -> Verdict:
    """Unless the condition leaves no room; with a reason."""
    if not condition.waivable:
        return not_now("progression.not_waivable")
    return can_say_why(because)


def can_say_why(because: str) -> Verdict:
    """Some words, not too many."""
    return YES if 0 < len(because.strip()) <= LONGEST else not_now("progression.no_reason", most=LONGEST)


def can_repeat(until: date, today: date) -> Verdict:
    """Until a day that lies ahead."""
    return YES if until > today else not_now("progression.until_is_past")
