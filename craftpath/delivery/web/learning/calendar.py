"""Sessions in one's own calendar: those that one is expected at, and those that one teaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.learning.queries import sessions_for
from craftpath.kernel.people import Person


@source
def taught(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event a session, with its hours; one that was cancelled stays in the calendar as such."""
    for session in sessions_for(person, _midnight(first), _midnight(last + timedelta(days=1))):
        cancelled = session.state == "cancelled"
        mark = _("[cancelled] ") if cancelled else _("[changed] ") if session.changed_because else ""
        yield Event(
            name=f"session-{session.public_id}",
            title=mark + text(session.title),
            first=timezone.localdate(session.starts_at),
            last=timezone.localdate(session.ends_at),
            changed_at=session.changed_at,
            sequence=session.sequence,
            place=session.place,
            words=session.cancelled_because or session.changed_because,
            cancelled=cancelled,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
