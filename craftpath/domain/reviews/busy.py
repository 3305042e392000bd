"""When people cannot: sessions, other reviews, approved leave. Constant queries however many people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.domain.agreements.queries import away_between
from craftpath.domain.learning.queries import busy_between
from craftpath.domain.reviews.models import Review
from craftpath.domain.reviews.patterns import Busy

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

STANDING = ("scheduled", "held", "written", "signed")


def busy_of(
    people: Iterable[Enrolment], others: Iterable[int], start: datetime, end: datetime, zone: ZoneInfo
) -> dict[int, list[Busy]]:
    """person id → when they cannot between two moments; `others` are mentors and trainers by id."""
    rows = list(people)
    apprentices = {row.person_id for row in rows}
    found: dict[int, list[Busy]] = defaultdict(list)
    everybody = apprentices | set(others)
    for who, first, last in busy_between({row.cohort_id for row in rows}, rows, set(others), start, end):
        reason = "reviews.apprentice_busy" if who in apprentices else "reviews.teaching"
        found[who].append(Busy(first, last, reason))
    for who, first_on, last_on in away_between([row.pk for row in rows], start.date(), end.date()):
        first = datetime.combine(first_on, time(), zone)
        last = datetime.combine(last_on + timedelta(days=1), time(), zone)
        found[who].append(Busy(first, last, "reviews.away"))
    reviews = Review._base_manager.filter(state__in=STANDING, starts_at__lt=end, ends_at__gt=start)
    shown = reviews.values_list("enrolment__person_id", "mentor_id", "trainer_id", "starts_at", "ends_at")
    for apprentice, mentor, trainer, first, last in shown:
        for who, reason in (
            (apprentice, "reviews.apprentice_reviewed"),
            (mentor, "reviews.mentor_busy"),
            (trainer, "reviews.trainer_busy"),
        ):
            if who in everybody:
                found[who].append(Busy(first, last, reason))
    return found
