"""Sessions of study groups in one's own calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.delivery.web.questions.saying import name_of
from craftpath.domain.groups.queries import sessions_for
from craftpath.kernel.people import Person


@source
def met(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event a session of the groups that one is in; what was cancelled stays as such."""
    for row in sessions_for(person, _midnight(first), _midnight(last + timedelta(days=1))):
        cancelled = row.state == "cancelled"
        mark = _("[cancelled] ") if cancelled else ""
        turns = []
        if row.host is not None:
            turns.append(_("Host: %(name)s") % {"name": name_of(row.host)})
        if row.brings is not None:
            turns.append(_("Brings the exercise: %(name)s") % {"name": name_of(row.brings)})
        yield Event(
            name=f"group-session-{row.public_id}",
            title=mark + _("Study group: %(goal)s") % {"goal": row.group.goal},
            first=timezone.localdate(row.starts_at),
            last=timezone.localdate(row.ends_at),
            changed_at=row.changed_at,
            sequence=row.sequence,
            place=row.place or row.link,
            words=row.because or "\n".join(turns),
            cancelled=cancelled,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
