"""Sessions in the feed: with their hours, for those who are expected and those who teach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from craftpath.domain.learning.actions import Plan, cancel_session, change_session, plan_session
from craftpath.domain.learning.models import Session
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.web.calendars.test_feed import events, secret_of


@pytest.fixture
def session(cast: Cast) -> Session:
    """Tomorrow, for an hour and a half."""
    now = timezone.now().replace(microsecond=0)
    start = now + timedelta(days=1)
    plan = Plan(
        title={"zh": "识图", "en": "Reading drawings"},
        kind="lesson",
        mode="on_site",
        starts_at=start,
        ends_at=start + timedelta(minutes=90),
        place="A-301",
        bucket="taught",
    )
    with everywhere("a test plans"):
        [made] = plan_session(
            plan,
            organisation=cast.college,
            cohorts=[cast.cohort],
            teachers={cast.people["trainer"]: "trainer"},
            by=cast.actor("coordinator"),
            at=now,
        )
    return made


@pytest.mark.parametrize("who", ["apprentice", "trainer"])
def test_it_stands_with_its_hours(cast: Cast, session: Session, who: str) -> None:
    [found] = events(secret_of(cast, who))
    assert (found["dtstart"].dt, found["dtend"].dt) == (session.starts_at, session.ends_at)
    assert (str(found["location"]), str(found["summary"])) == ("A-301", "识图")


def test_whom_it_does_not_concern_reads_nothing(cast: Cast, session: Session) -> None:
    assert events(secret_of(cast, "coordinator")) == []


def test_a_cancelled_one_stays_and_says_so(cast: Cast, session: Session) -> None:
    Person.objects.filter(pk=cast.people["apprentice"].pk).update(language="en")
    with everywhere("a test cancels"):
        cancel_session(
            [session], because="Machines in revision", by=cast.actor("coordinator"), at=timezone.now()
        )
    [found] = events(secret_of(cast, "apprentice"))
    assert str(found["summary"]) == "[cancelled] Reading drawings"
    assert str(found["status"]) == "CANCELLED"


def test_a_changed_one_says_so_and_counts_on(cast: Cast, session: Session) -> None:
    Person.objects.filter(pk=cast.people["apprentice"].pk).update(language="en")
    secret = secret_of(cast, "apprentice")
    [before] = events(secret)
    later = timezone.now().replace(microsecond=0) + timedelta(minutes=1)
    plan = Plan(
        title=session.title,
        kind="lesson",
        mode="on_site",
        starts_at=session.starts_at + timedelta(hours=1),
        ends_at=session.ends_at + timedelta(hours=1),
        place="B-204",
        bucket="taught",
    )
    with everywhere("a test moves it"):
        change_session(
            session,
            plan,
            cohorts=[cast.cohort],
            teachers={cast.people["trainer"]: "trainer"},
            because="The roof leaks.",
            sequence=0,
            by=cast.actor("coordinator"),
            at=later,
        )
    [found] = events(secret)
    assert (found["uid"], before["sequence"], found["sequence"]) == (before["uid"], 0, 1)
    assert found["last-modified"].dt == later
    assert (found["dtstart"].dt, str(found["location"])) == (plan.starts_at, "B-204")
    assert (str(found["summary"]), str(found["description"])) == (
        "[changed] Reading drawings",
        "The roof leaks.",
    )
