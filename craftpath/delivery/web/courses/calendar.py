"""Live sessions in one's own calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.courses import queries
from craftpath.kernel.people import Person


@source
def met(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event a session of the courses that somebody follows, with the link in its words."""
    rows = queries.sessions_between(person, first, last)
    named = queries.named_in((row.run.version_id, row.activity_key) for row in rows)
    for row in rows:
        one = named.get((row.run.version_id, row.activity_key))
        ends_at = row.starts_at + timedelta(minutes=row.minutes)
        yield Event(
            name=f"course-session-{row.run.public_id}-{row.activity_key}",
            title=text(one.title if one else row.run.course.title),
            first=timezone.localdate(row.starts_at),
            last=timezone.localdate(ends_at),
            changed_at=row.changed_at,
            sequence=row.count,
            place=row.link,
            words=text(row.run.course.title),
            starts_at=row.starts_at,
            ends_at=ends_at,
        )
