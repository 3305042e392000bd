"""Practical work that is judged."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.evaluation.models import Result
from craftpath.domain.judging.actions import (
    Panel,
    add_exhibit,
    excuse_rater,
    publish_marks,
    rate_work,
)
from craftpath.domain.judging.models import Practical
from craftpath.domain.judging.queries import works
from craftpath.kernel.access import Actor, actor_in
from tests.cast import AT, TODAY, Cast
from tests.domain.judging.world import levels, practical, rate, seat


@dataclass(frozen=True)
class Judged:
    """Public ids of one of each that judging knows."""

    practical: str
    rubric: str
    exhibit: str
    rater: str


def judge_together(cast: Cast) -> Judged:
    """Practical work with a file, rated by mentor, trainer and the apprentice, published and reopened once. Once."""
    row = Practical.objects.select_related("rubric").first()
    if row is None:
        row = practical(
            cast, Panel(people=[(cast.people["trainer"], "trainer")], self_rating=True),
            due_on=timezone.localdate() + timedelta(days=9),
        )  # fmt: skip
        add_exhibit(
            row, cast.enrolments["26001"], made_id=uuid.uuid4(), content=b"%PDF-1.7\n%%EOF",
            by=cast.actor("apprentice"), at=AT,
        )  # fmt: skip
        rate(cast, row, "apprentice", levels("4", "3", "4"))
        # A decided result takes no mark any more, and other tests decide the first one's.
        decided = Result.objects.filter(enrolment=cast.enrolments["26001"], decided__isnull=False)
        number = "26003" if decided.exists() else "26001"
        mentor = mentors_of([cast.enrolments[number]])[cast.enrolments[number].pk][0]
        for person in (mentor, cast.people["trainer"]):
            by = actor_in(person, cast.college, TODAY) or Actor(cast.jinheng, person)
            rater = seat(cast, row, person, number)
            rate_work(rater, made_id=uuid.uuid4(), levels=levels("4", "3", "4"), words="手稳。", by=by, at=AT)
        pk = cast.enrolments[number].pk
        publish_marks(row, {pk: str(works(row)[pk].mark)}, by=cast.actor("coordinator"), at=AT)
        excuse_rater(seat(cast, row, "trainer", "26002"), because="请假", by=by, at=AT)
    exhibit, rater = row.exhibits.get(), seat(cast, row, "mentor")
    return Judged(row.public_id, row.rubric.public_id, exhibit.public_id, rater.public_id)
