"""A cohort whose reviews are planned, built by actions on the fixed cast."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from craftpath.domain.reviews.actions import Manner, hold_review, offer, plan_reviews, write_review
from craftpath.domain.reviews.models import Review
from craftpath.domain.reviews.patterns import Pattern
from tests.cast import AT, TODAY, Cast

# Mondays from the cast's day on, from two to six in the afternoon, half an hour each.
PATTERN = Pattern(
    first_on=TODAY, weekdays=(0, 1), from_at=time(14), until_at=time(18), minutes=30, every_weeks=4, rounds=1
)


def manner(cast: Cast) -> Manner:
    return Manner(cast.people["trainer"], place="会议室")


def planned(cast: Cast, pattern: Pattern = PATTERN, *, at: datetime = AT) -> list[Review]:
    """Publish what the preview shows."""
    found = offer(cast.cohort, pattern, manner(cast), today=date(at.year, at.month, at.day))
    return plan_reviews(
        cast.cohort, pattern, manner(cast), seen=found.fingerprint, by=cast.actor("coordinator"), at=at
    )


def of(cast: Cast, number: str = "26001") -> Review:
    """The review of one apprentice, planned if it is not yet."""
    if not Review.objects.exists():
        planned(cast)
    rows = Review.objects.select_related("organisation", "enrolment__person", "mentor", "trainer", "document")
    return rows.get(enrolment=cast.enrolments[number])


def written(cast: Cast, number: str = "26001") -> Review:
    """Held and fixed for signing, by the mentor."""
    row = of(cast, number)
    by, at = cast.actor("mentor", cast.jinheng), row.starts_at + timedelta(minutes=20)
    row = hold_review(row, colour="green", by=by, at=at)
    return write_review(row, seen=row.revision, by=by, at=at)
