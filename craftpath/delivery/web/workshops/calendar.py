"""Workshops that somebody comes to, in the own calendar; and the days of one as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.delivery.web.calendars.writing import write
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.workshops import queries
from craftpath.kernel.people import Person

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Day, Workshop


def _event(day: Day, workshop: Workshop, place: str) -> Event:
    cancelled = workshop.state == "cancelled"
    mark = _("[cancelled] ") if cancelled else ""
    return Event(
        name=f"workshop-{day.public_id}",
        title=mark + text(workshop.title),
        first=day.on,
        last=day.on,
        changed_at=workshop.changed_at,
        sequence=workshop.sequence,
        place=place,
        words=workshop.because or text(workshop.aims),
        cancelled=cancelled,
        starts_at=day.starts_at(),
        ends_at=day.ends_at(),
    )


@source
def coming(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event a day; what was cancelled stays as such. The link to join is not in it: it is shown an hour before."""
    for row, day in queries.coming_for(person, first, last):
        site = row.site
        place = " ".join(filter(None, (text(site.name), site.room, site.address))) if site else _("On line")
        yield _event(day, row.workshop, place)


def events_of(workshop: Workshop) -> bytes:
    """All days as iCalendar."""
    sites = ", ".join(text(one.name) for one in queries.sites_of(workshop))
    rows = [_event(day, workshop, sites) for day in queries.days_of(workshop)]
    return write(rows, name=text(workshop.title), site=urlsplit(settings.ADDRESS).hostname or "craftpath")
