"""Meetings of forums in one's own calendar: those to which one is invited, unless one said to stay away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.domain.forums.queries import invited_to
from craftpath.kernel.people import Person


@source
def met(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event a meeting, with its hours, agenda and link; a cancelled one stays as such."""
    rows = invited_to(person).filter(
        meeting__starts_at__gte=_midnight(first), meeting__starts_at__lt=_midnight(last + timedelta(days=1))
    )
    for line in rows.exclude(coming="no"):
        meeting = line.meeting
        cancelled = meeting.state == "cancelled"
        yield Event(
            name=f"forum-{meeting.public_id}",
            title=(_("[cancelled] ") if cancelled else "") + meeting.forum.title,
            first=timezone.localdate(meeting.starts_at),
            last=timezone.localdate(meeting.ends_at),
            changed_at=meeting.changed_at,
            sequence=meeting.sequence,
            place=meeting.place,
            words="\n".join(one for one in (meeting.because, meeting.link, *meeting.agenda) if one),
            cancelled=cancelled,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
