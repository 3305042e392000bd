"""Reviews in the feed: with their hours, for the three who take part, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from craftpath.domain.reviews.actions import cancel_review
from craftpath.domain.reviews.models import Review
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.reviews.world import of
from tests.web.calendars.test_feed import events, secret_of


@pytest.fixture
def review(cast: Cast) -> Review:
    """The apprentice's, tomorrow; nobody else has one."""
    start = timezone.now().replace(microsecond=0) + timedelta(days=1)
    with everywhere("a test plans a review"):
        row = of(cast)
        Review.objects.exclude(pk=row.pk).delete()
        Review.objects.filter(pk=row.pk).update(starts_at=start, ends_at=start + timedelta(minutes=30))
        row.refresh_from_db()
    Person.objects.update(language="en")
    return row


@pytest.mark.parametrize(
    ("who", "title"),
    [("apprentice", "Review"), ("trainer", "Review with 陈雨桐"), ("mentor", "Review with 陈雨桐")],
)
def test_it_stands_with_its_hours_and_the_others(cast: Cast, review: Review, who: str, title: str) -> None:
    [found] = events(secret_of(cast, who))
    assert (found["dtstart"].dt, found["dtend"].dt) == (review.starts_at, review.ends_at)
    assert (str(found["summary"]), str(found["location"])) == (title, "会议室")
    assert cast.people[who].name not in str(found["description"])


@pytest.mark.parametrize("who", ["coordinator", "classmate"])
def test_whom_it_does_not_concern_reads_nothing(cast: Cast, review: Review, who: str) -> None:
    assert events(secret_of(cast, who)) == []


def test_a_cancelled_one_stays_and_says_so(cast: Cast, review: Review) -> None:
    with everywhere("a test cancels"):
        cancel_review(review, because="并班", by=cast.actor("coordinator"), at=timezone.now())
    [found] = events(secret_of(cast, "apprentice"))
    assert (str(found["summary"]), str(found["status"])) == ("[cancelled] Review", "CANCELLED")
