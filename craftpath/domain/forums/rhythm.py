"""The next dates of a forum by its rhythm."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from craftpath.domain.forums.models import Forum


def next_moments(forum: Forum, last: datetime | None, at: datetime, count: int = 1) -> list[datetime]:
    """When it meets next: `every` weeks after the last meeting, on its weekday at its hour; none without a rhythm.

    The hour is that of the place, whatever happens to its clocks between. Dates that lie behind are passed over.
    """
    if not forum.every or forum.at is None:
        return []
    zone = ZoneInfo(forum.organisation.time_zone)
    today = at.astimezone(zone).date()
    step = timedelta(weeks=forum.every)
    if last is None:
        day = today + timedelta(days=(forum.weekday - today.weekday()) % 7)
    else:
        before = last.astimezone(zone).date()
        day = before - timedelta(days=before.weekday()) + timedelta(days=forum.weekday) + step
    found: list[datetime] = []
    while len(found) < count:
        moment = _moment(forum, day, zone)
        if moment > at:
            found.append(moment)
        day += step
    return found


def _moment(forum: Forum, day: date, zone: ZoneInfo) -> datetime:
    if forum.at is None:
        raise ValueError("a forum without an hour has no rhythm")
    return datetime.combine(day, forum.at, zone)
