"""Reviews of apprentices."""

from __future__ import annotations

from datetime import time, timedelta

from craftpath.domain.reviews.actions import (
    Manner,
    excuse_signer,
    hold_review,
    offer,
    plan_reviews,
    say_part,
    set_goal,
    write_review,
)
from craftpath.domain.reviews.models import Review
from craftpath.domain.reviews.patterns import Pattern
from tests.cast import AT, TODAY, Cast


def talk_together(cast: Cast) -> Review:
    """Reviews from a pattern, once; the apprentice's is written with a part and a goal, and one side is excused."""
    if (standing := Review.objects.filter(enrolment=cast.enrolments["26001"]).first()) is not None:
        return standing
    pattern = Pattern(TODAY + timedelta(days=1), (0, 1, 2, 3, 4), time(14), time(18), 30, 4, 1)
    manner, coordinator = Manner(cast.people["trainer"]), cast.actor("coordinator")
    seen = offer(cast.cohort, pattern, manner, today=TODAY).fingerprint
    plan_reviews(cast.cohort, pattern, manner, seen=seen, by=coordinator, at=AT)
    row = Review.objects.get(enrolment=cast.enrolments["26001"])
    by, at = cast.actor("mentor", cast.jinheng), row.starts_at
    say_part(row, words="肯学，手稳。", by=by, at=at)
    set_goal(row, text="独立对刀", owner="apprentice", by=by, at=at)
    row = hold_review(row, colour="amber", because="日志没写", by=by, at=at)
    row = write_review(row, seen=row.revision, by=by, at=at)
    excuse_signer(row, role="mentor", because="已调离", by=coordinator, at=at)
    return Review.objects.get(pk=row.pk)
