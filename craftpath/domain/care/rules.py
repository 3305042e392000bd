"""Who reports, who looks after it, who reads what; and whether now."""

from __future__ import annotations

from datetime import datetime, timedelta

from craftpath.domain.care.models import Complaint, Handler, Incident, Named
from craftpath.domain.care.states import COMPLAINT, INCIDENT, OPEN
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

OLDEST = timedelta(days=730)  # an incident further back is taken on paper
SLACK = timedelta(minutes=10)  # a telephone's clock may run ahead
MOST_NAMED = 10


def may_report(actor: Actor) -> Verdict:
    """Whoever sees apprentices as persons; which ones, the scope says."""
    return actor.may(Permission.REPORT_INCIDENTS)


def may_handle_incidents(actor: Actor) -> Verdict:
    """Coordinators, HR and administrators: who sees persons and looks after them."""
    verdict = actor.may(Permission.HANDLE_CARE)
    return actor.may(Permission.REPORT_INCIDENTS) if verdict else verdict


def may_handle_incident(actor: Actor, incident: Incident) -> Verdict:
    """The same, of the college or of the enterprise where the apprentice works."""
    verdict = may_handle_incidents(actor)
    if not verdict:
        return verdict
    at_college = actor.may_at(Permission.HANDLE_CARE, incident.organisation)
    if at_college or incident.host is None:
        return at_college
    return actor.may_at(Permission.HANDLE_CARE, incident.host)


def may_read_incident(actor: Actor, incident: Incident) -> Verdict:
    """The apprentice, whoever reported it, and who looks after it: it speaks of somebody's health."""
    own = actor.person is not None and actor.person.pk in (
        incident.enrolment.person_id,
        incident.reported_by_id,
    )
    return YES if own else may_handle_incident(actor, incident)


def can_have_occurred(occurred_at: datetime, known_at: datetime, at: datetime) -> Verdict:
    """Not in the future, not known before it occurred, not years ago."""
    if max(occurred_at, known_at) > at + SLACK:
        return not_now("care.in_the_future")
    if occurred_at > known_at:
        return not_now("care.known_before")
    return YES if at - occurred_at <= OLDEST else not_now("care.too_long_ago")


def can_close_incident(incident: Incident, open_notifications: int, open_measures: int) -> Verdict:
    """Once every notification is made or waived, and every measure carried out."""
    if not INCIDENT.can(incident.state, "close"):
        return not_now("flow.not_now", flow=INCIDENT.key, state=incident.state, move="close")
    if open_notifications:
        return not_now("care.notifications_open", count=open_notifications)
    return not_now("care.measures_open", count=open_measures) if open_measures else YES


def may_complain(actor: Actor) -> Verdict:
    """Apprentices and mentors."""
    return actor.may(Permission.COMPLAIN)


def is_complainant(actor: Actor, complaint: Complaint) -> bool:
    """Whether it is one's own."""
    return actor.person is not None and complaint.person_id == actor.person.pk


def may_handle(actor: Actor, complaint: Complaint) -> Verdict:
    """Who was given it and is not named in it; no other role, however high. Two queries."""
    verdict = actor.may(Permission.HANDLE_CARE)
    if not verdict:
        return verdict
    mine = Handler.objects.filter(complaint=complaint, handler=actor.person, ended_at__isnull=True)
    named = Named.objects.filter(complaint=complaint, named=actor.person)
    given = actor.person is not None and mine.exists() and not named.exists()
    return YES if given else may_not("care.not_yours")


def may_withdraw(actor: Actor, complaint: Complaint) -> Verdict:
    """The complainant alone."""
    return YES if is_complainant(actor, complaint) else may_not("care.not_yours")


def may_escalate(actor: Actor, complaint: Complaint) -> Verdict:
    """The complainant, whose right it is, or a handler."""
    return YES if is_complainant(actor, complaint) else may_handle(actor, complaint)


def can_name(complaint: Complaint, person_id: int, named: int) -> Verdict:
    """While it is open; not the complainant, and not without an end."""
    if complaint.state not in OPEN:
        return not_now("care.complaint_ended")
    if person_id == complaint.person_id:
        return not_now("care.names_oneself")
    return YES if named < MOST_NAMED else not_now("care.too_many_named", most=MOST_NAMED)


def can_say(complaint: Complaint) -> Verdict:
    """Both sides speak until it is closed; after the decision too."""
    return YES if complaint.state in OPEN else not_now("care.complaint_ended")


def can_move(complaint: Complaint, move: str) -> bool:
    """Whether a button for this move is shown."""
    return COMPLAINT.can(complaint.state, move)
