"""When somebody who can be booked is elsewhere: days away, and sessions that the person teaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.bookings.queries import Busy, Span
from craftpath.domain.learning.queries import sessions_for
from craftpath.domain.teaching.queries import own_away
from craftpath.kernel.tenancy import Scope, looking_for

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Thing

DAY = timedelta(days=1)


def busy_in(thing: Thing, spans: Sequence[Span]) -> list[Busy]:
    """Around these times; nothing for what is no person. Two queries, as that person sees them."""
    if thing.trainer is None or not spans:
        return []
    first = min(span.starts_at for span in spans) - DAY
    last = max(span.ends_at for span in spans) + DAY
    found = []
    with looking_for(Scope(person_id=thing.trainer.pk)):
        for row in own_away(thing.trainer).filter(starts_on__lte=last.date(), ends_on__gte=first.date()):
            begin, end = (
                datetime.combine(day, time(), tzinfo=thing.zone) for day in (row.starts_on, row.ends_on)
            )
            found.append(Busy(Span(begin, end), "away"))
        for session in sessions_for(thing.trainer, first, last):
            if session.state != "cancelled":
                found.append(Busy(Span(session.starts_at, session.ends_at), "teaching"))
    return found
