"""Bookings in one's own calendar, and the times in which one is booked oneself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.web.bookings.saying import where
from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.bookings.queries import booked_for
from craftpath.kernel.people import Person


@source
def booked(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event a booking; what was cancelled stays as such."""
    for row in booked_for(person, _midnight(first), _midnight(last + timedelta(days=1))):
        cancelled = row.state == "cancelled"
        mark = _("[cancelled] ") if cancelled else _("[asked] ") if row.state == "asked" else ""
        mine = row.person_id == person.pk
        what = text(row.thing.name) if mine else text(row.organisation.name)
        yield Event(
            name=f"booking-{row.public_id}",
            title=mark + _("%(what)s: %(purpose)s") % {"what": what, "purpose": row.purpose},
            first=timezone.localdate(row.starts_at),
            last=timezone.localdate(row.ends_at),
            changed_at=row.changed_at,
            sequence=row.sequence,
            place=where(row.thing),
            words=row.because,
            cancelled=cancelled,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
