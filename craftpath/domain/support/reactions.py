"""Facts of other nouns that speak of somebody: the people concerned are looked at anew. Time alone comes at night."""

from __future__ import annotations

from collections.abc import Iterable

from craftpath.domain.apprenticeships.facts import (
    EnrolmentActivated,
    EnrolmentResumed,
    EnrolmentsEnded,
    EnrolmentSuspended,
    PartiesAppointed,
    PartiesFollowed,
)
from craftpath.domain.apprenticeships.noticed import ids_of
from craftpath.domain.learning.facts import AttendanceSettled, SessionsClosed
from craftpath.domain.learning.presence import attended, attended_line
from craftpath.domain.logbook.confirmed import written_by
from craftpath.domain.logbook.facts import EntriesConfirmed, EntrySubmitted
from craftpath.domain.reviews.facts import ReviewHeld
from craftpath.domain.reviews.queries import enrolments_reviewed
from craftpath.domain.support.actions import look_again
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref


def _look(ids: Iterable[int], told: Told) -> None:
    look_again(ids, by=system(told.entry.organisation), at=told.entry.at)


@on(EntrySubmitted)
def on_entry_submitted(told: Told) -> None:
    """Whoever has written is silent no more, at once."""
    _look(written_by([told.fact.entry]), told)


@on(EntriesConfirmed)
def on_entries_confirmed(told: Told) -> None:
    """And waits for nobody."""
    _look(written_by(told.fact.entries), told)


@on(SessionsClosed)
def on_sessions_closed(told: Told) -> None:
    """Who was there."""
    _look(attended(told.fact.sessions), told)


@on(AttendanceSettled)
def on_attendance_settled(told: Told) -> None:
    """Who was there after all."""
    _look(attended_line(told.fact.attendance), told)


@on(ReviewHeld)
def on_review_held(told: Told) -> None:
    """It is late no more."""
    _look(enrolments_reviewed([Ref.parse(told.entry.subject).public_id]), told)


@on(PartiesAppointed)
def on_parties_appointed(told: Told) -> None:
    """Somebody is there again."""
    _look(ids_of(told.fact.enrolments), told)


@on(PartiesFollowed)
def on_parties_followed(told: Told) -> None:
    """Somebody is there, or nobody any more."""
    _look(ids_of(told.fact.enrolments), told)


@on(EnrolmentActivated)
def on_enrolment_activated(told: Told) -> None:
    """There is somebody to look at."""
    _look(ids_of([told.fact.enrolment]), told)


@on(EnrolmentSuspended)
def on_enrolment_suspended(told: Told) -> None:
    """Whoever rests is asked for nothing."""
    _look(ids_of([told.fact.enrolment]), told)


@on(EnrolmentResumed)
def on_enrolment_resumed(told: Told) -> None:
    """Until it goes on."""
    _look(ids_of([told.fact.enrolment]), told)


@on(EnrolmentsEnded)
def on_enrolments_ended(told: Told) -> None:
    """Signs end with the apprenticeship."""
    _look(ids_of(told.fact.enrolments), told)
