"""Reviews that were late on one day, of very many apprentices at once."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, Q

from craftpath.domain.apprenticeships.noticed import Among
from craftpath.domain.reviews.models import Review


def late_on(among: Among, since: date, day: date) -> dict[int, date]:
    """enrolment id → the first due day in [since, day) whose review had not been held by `day`; one query.

    Whatever the reader sees.
    """
    rows = Review._base_manager.filter(
        among.where("enrolment"),
        Q(held_on__isnull=True) | Q(held_on__gt=day),
        due_on__gte=since,
        due_on__lt=day,
    )
    told = (
        rows.exclude(state="cancelled").order_by().values_list("enrolment_id").annotate(first=Min("due_on"))
    )
    return dict(told)
