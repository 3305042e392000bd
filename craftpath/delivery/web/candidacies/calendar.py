"""Examinations in one's own calendar: those that one sits, watches over, or has planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.domain.exams.candidacies import between, held_by
from craftpath.domain.exams.invigilating import watched_by
from craftpath.kernel.people import Person

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting


@source
def sat(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event an examination; one that was cancelled stays in the calendar as such. Three queries."""
    start, end = _midnight(first), _midnight(last + timedelta(days=1))
    seen = set()
    for one in between(person, start, end):
        seen.add(one.sitting_id)
        seat = _("Seat %(seat)s") % {"seat": one.seat} if one.seat else ""
        yield _event(one.sitting, one.extra_minutes, seat)
    for row in watched_by(person, start, end):
        seen.add(row.pk)
        yield _event(row, 0, _("Invigilation"))
    for row in held_by(person, start, end):
        if row.pk not in seen:
            yield _event(row, 0, "")


def _event(row: Sitting, extra: int, seat: str) -> Event:
    cancelled = row.state == "cancelled"
    mark = _("[cancelled] ") if cancelled else _("[changed] ") if row.moved_because else ""
    kind = _("Re-sit: %(title)s") if row.again_of_id else _("Examination: %(title)s")
    ends_at = row.starts_at + timedelta(minutes=row.minutes + extra)
    return Event(
        name=f"sitting-{row.public_id}",
        title=mark + kind % {"title": row.paper.title},
        first=timezone.localdate(row.starts_at),
        last=timezone.localdate(ends_at),
        changed_at=row.changed_at or row.made_at,
        sequence=row.sequence,
        place=" · ".join(part for part in (row.place, seat) if part),
        words=row.because if cancelled else row.moved_because,
        cancelled=cancelled,
        starts_at=row.starts_at,
        ends_at=ends_at,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
