"""Sessions, whose roll was called or that are to come."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from craftpath.domain.learning.actions import Plan, Said, dispute_attendance, plan_session, take_roll
from craftpath.domain.learning.models import Session
from craftpath.domain.learning.queries import attendances
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast


def call_the_roll(cast: Cast) -> Session:
    """A session whose roll was called by one and, differently, by another; the apprentice objects to it. Once."""
    if (standing := Session.objects.first()) is not None:
        return standing
    trainer, coordinator = cast.actor("trainer"), cast.actor("coordinator")
    plan = Plan(
        title={"zh": "识图", "en": "Reading drawings"},
        kind="lesson",
        mode="on_site",
        starts_at=AT,
        ends_at=AT + timedelta(hours=2),
        bucket="taught",
    )
    [session] = plan_session(
        plan,
        organisation=cast.college,
        cohorts=[cast.cohort],
        teachers={cast.people["trainer"]: "trainer", cast.people["mentor"]: "mentor"},
        by=coordinator,
        at=AT,
    )
    everybody = [row.public_id for row in cast.enrolments.values()]
    for by, status in ((trainer, "present"), (coordinator, "late")):
        marks = {public_id: Said("present") for public_id in everybody} | {everybody[1]: Said(status)}
        take_roll(session, marks, made_id=uuid.uuid4(), base=0, by=by, at=AT)
    line = attendances().get(session=session, enrolment=cast.enrolments["26001"])
    dispute_attendance(line, words="我请假了。", by=cast.actor("apprentice"), at=AT)
    return session


def plan_tomorrow(cast: Cast) -> Session:
    """A session of tomorrow, which can still be changed; by the clock, since its page asks that."""
    with everywhere("a test plans a session"):
        start = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)
        return plan_session(
            Plan(
                {"zh": "公差", "en": "Tolerances"}, "lesson", "on_site", start, start + timedelta(minutes=45)
            ),
            organisation=cast.college,
            cohorts=[cast.cohort],
            teachers={cast.people["trainer"]: "trainer"},
            by=cast.actor("coordinator"),
            at=AT,
        )[0]
