"""Reviews in one's own calendar: those in which one takes part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.web.calendars.sources import Event, source
from craftpath.domain.reviews.queries import reviews_between
from craftpath.kernel.people import Person

STATES = {"cancelled", "missed"}


@source
def held(person: Person, first: date, last: date) -> Iterator[Event]:
    """One event a review, with its hours; one that does not take place stays in the calendar as such."""
    start, end = (
        timezone.make_aware(datetime.combine(on, time())) for on in (first, last + timedelta(days=1))
    )
    for row in reviews_between(person, start, end):
        off = row.state in STATES
        own = row.enrolment.person_id == person.pk
        title = _("Review") if own else _("Review with %(name)s") % {"name": row.enrolment.person.name}
        others = [one.name for one in (row.mentor, row.trainer) if one is not None and one.pk != person.pk]
        yield Event(
            name=f"review-{row.public_id}",
            title=(_("[cancelled] ") if off else "") + title,
            first=timezone.localdate(row.starts_at),
            last=timezone.localdate(row.ends_at),
            changed_at=row.changed_at,
            place=row.place,
            words="\n".join([*others, *([row.because] if row.because else [])]),
            cancelled=off,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
