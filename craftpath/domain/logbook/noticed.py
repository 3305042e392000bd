"""What logs say of very many apprentices at once, on one day: the last day written about, what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, Max, Min, OuterRef, Q

from craftpath.domain.apprenticeships.noticed import Among, cohorts_with
from craftpath.domain.logbook.models import Entry


def log_lately(
    among: Among, since: date, day: date, at: datetime
) -> dict[int, tuple[date | None, datetime | None]]:
    """enrolment id → (last day handed in, since when the oldest waits) of entries about [since, day], as at `at`.

    Whatever the reader sees. Whoever handed nothing in is left out. No word of an entry is read; one query.
    """
    handed = Q(first_submitted_at__lte=at)
    waits = handed & (Q(state="submitted") | Q(confirmed_at__gt=at))
    rows = Entry._base_manager.filter(among.where("enrolment"), on__gte=since, on__lte=day)
    told = (
        rows.filter(first_submitted_at__isnull=False)
        .order_by()
        .values_list("enrolment_id")
        .annotate(last=Max("on", filter=handed), oldest=Min("first_submitted_at", filter=waits))
    )
    return {who: (last, oldest) for who, last, oldest in told}


def writing(cohorts: Iterable[int], since: date, day: date) -> set[int]:
    """Those of these cohorts in which anybody handed in an entry about [since, day]: there a log is kept. One query."""
    rows = Entry._base_manager.filter(enrolment__cohort=OuterRef("pk"), on__gte=since, on__lte=day)
    return cohorts_with(cohorts, Exists(rows.filter(first_submitted_at__isnull=False)))
