"""Events as iCalendar (RFC 5545): the same events make the same bytes, so that nothing is sent twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from craftpath.delivery.web.calendars.sources import Event

REFRESH = timedelta(hours=6)


def write(events: Iterable[Event], *, name: str, site: str) -> bytes:
    """All-day entries, whose DTEND is the day after the last, as the format has it; entries with hours in UTC."""
    calendar = Calendar()
    calendar.add("prodid", "-//Craftpath//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        entry = Entry()
        entry.add("uid", f"{event.name}@{site}")
        entry.add("dtstamp", event.changed_at.astimezone(UTC))
        entry.add("sequence", event.sequence)
        entry.add("last-modified", event.changed_at.astimezone(UTC))
        if event.starts_at is not None and event.ends_at is not None:
            entry.add("dtstart", event.starts_at.astimezone(UTC))
            entry.add("dtend", event.ends_at.astimezone(UTC))
        else:
            entry.add("dtstart", event.first)
            entry.add("dtend", event.last + timedelta(days=1))
        entry.add("summary", event.title)
        if event.place:
            entry.add("location", event.place)
        if event.words:
            entry.add("description", event.words)
        entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
        entry.add("transp", "OPAQUE" if event.starts_at is not None else "TRANSPARENT")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
