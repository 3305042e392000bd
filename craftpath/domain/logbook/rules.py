"""Who writes, who confirms, and whether now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.logbook.models import LONGEST, MINUTES_A_DAY, Entry
from craftpath.domain.logbook.states import ENTRY
from craftpath.kernel.access import Actor
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

AHEAD = 1  # days: a device may stand in another time zone


def may_write(actor: Actor, enrolment: Enrolment) -> Verdict:
    """The apprentice alone: nobody writes another's log."""
    own = actor.person is not None and enrolment.person_id == actor.person.pk
    return YES if own else may_not("logbook.not_yours")


def can_write(enrolment: Enrolment, on: date, today: date) -> Verdict:
    """From the first day of the apprenticeship to its last, and not for days to come."""
    if on < enrolment.starts_on:
        return not_now("logbook.before_start", on=on.isoformat(), starts_on=enrolment.starts_on.isoformat())
    if enrolment.ended_on is not None and on >= enrolment.ended_on:
        return not_now("logbook.after_end", on=on.isoformat(), ended_on=enrolment.ended_on.isoformat())
    if on > today + timedelta(days=AHEAD):
        return not_now("logbook.not_yet", on=on.isoformat())
    return YES


def can_hold(text: str, minutes: int) -> Verdict:
    """No minimum of words; a day has 24 hours."""
    if not 0 <= minutes <= MINUTES_A_DAY:
        return not_now("logbook.more_than_a_day", minutes=minutes)
    if len(text) > LONGEST:
        return not_now("logbook.too_long", length=len(text), longest=LONGEST)
    return YES


def can_submit(entry: Entry, files: int) -> Verdict:
    """A line or a photo is enough, but one of them there is."""
    if not ENTRY.can(entry.state, "submit"):
        return not_now("logbook.confirmed_already")
    return YES if entry.text.strip() or files else not_now("logbook.empty")


def may_confirm(actor: Actor, entry: Entry, mine: Collection[int]) -> Verdict:
    """Mentors and trainers of this apprentice today: `mine` are the enrolments that they are party to.

    Nobody confirms the own log, not even somebody who is a mentor elsewhere.
    """
    if actor.person is not None and entry.enrolment.person_id == actor.person.pk:
        return may_not("logbook.own_entry")
    return YES if entry.enrolment_id in mine else may_not("logbook.not_your_apprentice")


def can_confirm(entry: Entry, revision: int) -> Verdict:
    """Exactly what was read is confirmed: an entry that changed meanwhile is read again first."""
    if entry.state == "confirmed":
        return not_now("logbook.confirmed_already")
    if not ENTRY.can(entry.state, "confirm"):
        return not_now("logbook.not_submitted")
    return YES if entry.revision == revision else not_now("logbook.changed_meanwhile")
