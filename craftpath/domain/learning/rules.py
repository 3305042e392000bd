"""Who plans, who calls the roll, who says what about the own attendance, and whether now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.learning.models import Attendance, Session, SessionTeacher
from craftpath.domain.learning.states import SESSION
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

EARLY = timedelta(minutes=30)  # before a session begins, so that whoever comes in can be ticked
LONGEST = timedelta(days=1)
MOST_WEEKS = 60


def may_plan(actor: Actor, organisation: Organisation) -> Verdict:
    """Trainers and coordinators, for their organisation and what lies below it."""
    return actor.may_at(Permission.HOLD_SESSIONS, organisation)


def may_hold(actor: Actor, session: Session) -> Verdict:
    """The same people, and whoever is named as a teacher of this session: a mentor at the workplace, say.

    Asks the database only for those whose role does not say it.
    """
    if actor.may_at(Permission.HOLD_SESSIONS, session.organisation):
        return YES
    named = SessionTeacher.objects.filter(session=session, person=actor.person)
    return YES if actor.person and named.exists() else may_not("learning.not_yours_to_hold")


def can_last(starts_at: datetime, ends_at: datetime) -> Verdict:
    """It ends after it begins, and within a day."""
    fits = starts_at < ends_at <= starts_at + LONGEST
    return YES if fits else not_now("learning.ends_before_start")


def can_change(session: Session, at: datetime) -> Verdict:
    """Until it is over, or its roll was closed; what was cancelled is planned anew."""
    if session.state == "closed":
        return not_now("learning.closed_already")
    if session.state == "cancelled":
        return not_now("learning.cancelled_already")
    return YES if at < session.ends_at else not_now("learning.over")


def can_take(session: Session, taken_at: datetime) -> Verdict:
    """From shortly before it begins; a roll call that arrives late is taken too, unless the session was cancelled."""
    if not SESSION.can(session.state, "take"):
        return not_now("learning.cancelled")
    if taken_at < session.starts_at - EARLY:
        return not_now("learning.not_begun", on=session.on.isoformat())
    return YES


def can_close(session: Session, unmarked: int, at: datetime) -> Verdict:
    """Once it is over and everybody is marked: nobody's hours are decided by silence."""
    if session.state == "closed":
        return not_now("learning.closed_already")
    if not SESSION.can(session.state, "close"):
        return not_now("learning.no_roll")
    if at < session.ends_at:
        return not_now("learning.not_over")
    return not_now("learning.not_everybody_marked", count=unmarked) if unmarked else YES


def may_answer(actor: Actor, attendance: Attendance) -> Verdict:
    """The apprentice alone confirms the own attendance, or says that it was otherwise."""
    own = actor.person is not None and attendance.enrolment.person_id == actor.person.pk
    return YES if own else may_not("learning.not_your_attendance")


def can_dispute(attendance: Attendance) -> Verdict:
    """Once: what was settled is talked about, not clicked about."""
    return not_now("learning.settled_already") if attendance.settled_at else YES
