"""Who may read, write and change agreements, and whether now."""

from __future__ import annotations

from datetime import date

from craftpath.domain.agreements.models import Absence, Agreement, Application
from craftpath.domain.agreements.states import AGREEMENT, UNDER_WAY
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now


def may_read(actor: Actor, agreement: Agreement) -> Verdict:
    """One's own, or with the permission; which rows one sees at all says the scope."""
    return YES if is_own(actor, agreement) else actor.may(Permission.SEE_AGREEMENTS)


def is_own(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor is the apprentice."""
    return actor.person is not None and agreement.enrolment.person_id == actor.person.pk


def may_write(actor: Actor, agreement: Agreement) -> Verdict:
    """Who looks after agreements of the enterprise, or of the college; nobody looks after one's own."""
    if is_own(actor, agreement):
        return may_not("agreements.own")
    verdict = actor.may_at(Permission.MANAGE_AGREEMENTS, agreement.enterprise)
    return verdict or actor.may_at(Permission.MANAGE_AGREEMENTS, agreement.organisation)


def may_recruit(actor: Actor, application: Application) -> Verdict:
    """The same for somebody who has no place yet."""
    verdict = actor.may_at(Permission.MANAGE_AGREEMENTS, application.cohort.organisation)
    if verdict or application.enterprise is None:
        return verdict
    return actor.may_at(Permission.MANAGE_AGREEMENTS, application.enterprise)


def can_change(agreement: Agreement) -> Verdict:
    """Only a draft; what was sent is taken back first, what is signed is amended."""
    if AGREEMENT.can(agreement.state, "save"):
        return YES
    waits = agreement.state == "awaiting_signatures"
    return not_now("agreements.sent" if waits else "agreements.fixed")


def can_waive(agreement: Agreement) -> Verdict:
    """While it is on its way, and for a change of what is active."""
    return YES if agreement.state in (*UNDER_WAY, "active") else not_now("agreements.fixed")


def can_amend(agreement: Agreement, *, waiting: bool) -> Verdict:
    """An active agreement, one amendment after the other."""
    if agreement.state != "active":
        return not_now("agreements.not_active")
    return not_now("agreements.amendment_waits") if waiting else YES


def can_pause(agreement: Agreement) -> Verdict:
    """While the apprentice is there."""
    if agreement.state != "active":
        return not_now("agreements.not_active")
    return YES if agreement.enrolment.state == "active" else not_now("agreements.paused_already")


def can_be_absent(agreement: Agreement, first: date, last: date, end: date) -> Verdict:
    """The days lie inside an active agreement, which runs until `end`."""
    if agreement.state != "active":
        return not_now("agreements.not_active")
    inside = agreement.starts_on <= first <= last <= end
    facts = {"start": agreement.starts_on, "end": end}
    return YES if inside else not_now("agreements.outside_term", **facts)


def may_ask_absence(actor: Actor, agreement: Agreement) -> Verdict:
    """The apprentice, or who looks after the agreement, as when somebody telephones in the morning."""
    return YES if is_own(actor, agreement) else may_write(actor, agreement)


def may_decide_absence(actor: Actor, absence: Absence) -> Verdict:
    """Who looks after the agreement."""
    return may_write(actor, absence.agreement)


def may_withdraw_absence(actor: Actor, absence: Absence) -> Verdict:
    """Whoever asked for it, or whose it is."""
    own = actor.person is not None and absence.made_by_id == actor.person.pk
    return YES if own or is_own(actor, absence.agreement) else may_not("agreements.absence_of_another")


def can_terminate(agreement: Agreement, *, announced: bool) -> Verdict:
    """Only what is active ends early, once; before that it is void."""
    if announced and agreement.state == "active":
        return not_now("agreements.leaving_announced")
    return YES if AGREEMENT.can(agreement.state, "terminate") else not_now("agreements.not_active")
