"""Duties of reviews: to plan, to hold, to fix, to sign; what was agreed in one, by its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery

from craftpath.domain.apprenticeships.queries import active_with_parties
from craftpath.domain.programmes.queries import figures_laid_down
from craftpath.domain.reviews.models import Excuse, Goal, Review
from craftpath.domain.reviews.queries import HELD, TO_COME, goal_owner, to_come
from craftpath.kernel.duties import Asked, Row, columns, duty


@duty("reviews.plan", subject="apprenticeships.enrolment")
def reviews_to_plan(asked: Asked) -> Iterator[Row]:
    """Apprentices of running cohorts for whom no review is planned, by the weeks that their programme lays down.

    They count from the last review that was held, else from the first day. Where a programme says nothing, nothing is
    due. Two queries.
    """
    if asked.people is not None:  # an office is asked, nobody in person
        return
    every = figures_laid_down(["review_weeks"], asked.today)
    coming = Review._base_manager.filter(enrolment=OuterRef("pk"), state__in=TO_COME)
    held = Review._base_manager.filter(enrolment=OuterRef("pk"), state__in=HELD).order_by()
    last = held.values("enrolment").annotate(last=Max("held_on")).values("last")
    rows = active_with_parties().filter(~Exists(coming), cohort__state="running")
    told = rows.annotate(last=Subquery(last)).values_list(
        "public_id", "last", "starts_on", "cohort__programme_id", "cohort__organisation_id"
    )
    for enrolment, held_on, starts_on, programme, place in told.iterator(5_000):
        if weeks := int(every.get(programme, 0)):
            yield enrolment, (held_on or starts_on) + timedelta(weeks=weeks), place, None


@duty("reviews.hold", subject="reviews.review")
def reviews_to_hold(asked: Asked) -> Iterator[Row]:
    """Reviews that are planned or were missed, by the last day that is in time."""
    yield from _led(to_come(), "due_on", asked)


@duty("reviews.write", subject="reviews.review")
def reviews_to_write(asked: Asked) -> Iterator[Row]:
    """Reviews that took place and whose text is not fixed, or was taken back."""
    yield from _led(Review.objects.filter(state="held"), "held_on", asked)


@duty("reviews.sign", subject="reviews.review")
def reviews_to_sign(asked: Asked) -> models.QuerySet[Any]:
    """Each of the three who has not signed a text that is fixed; whoever is excused is not asked."""
    excused = Excuse.objects.filter(review=OuterRef("pk"), role=OuterRef("side"))
    rows = Review.objects.filter(
        state="written", document__parties__signature__isnull=True, document__parties__person__isnull=False
    )
    return columns(
        rows.annotate(side=F("document__parties__role")).filter(~Exists(excused)),
        subject="public_id",
        anchor="document__made_at",
        place="organisation_id",
        who="document__parties__person_id",
    )


@duty("reviews.goal", subject="reviews.goal")
def goals_to_reach(asked: Asked) -> models.QuerySet[Any]:
    """Goals with a day, of whoever took them on: until they are settled, or a review lets them go on after that day."""
    since = Review._base_manager.filter(
        enrolment=OuterRef("enrolment"), state__in=HELD, held_on__gte=OuterRef("due_on")
    )
    rows = Goal.objects.filter(~Exists(since), state="open", due_on__isnull=False, enrolment__state="active")
    return columns(
        rows.annotate(asked=goal_owner()).filter(asked__isnull=False),
        subject="public_id",
        anchor="due_on",
        place="enrolment__cohort__organisation_id",
        who="asked",
    )


def _led(rows: models.QuerySet[Review], anchor: str, asked: Asked) -> Iterator[Row]:
    """A row for each of the two who lead a review, mentor and college; one query."""
    if asked.people is not None:
        after, until = asked.people
        mine = Q(mentor__gt=after, mentor__lte=until) | Q(trainer__gt=after, trainer__lte=until)
        rows = rows.filter(mine)
    told = rows.order_by().values_list("public_id", anchor, "organisation_id", "mentor_id", "trainer_id")
    for review, day, place, mentor, trainer in told.iterator(5_000):
        for who in dict.fromkeys((mentor, trainer)):
            if who is not None:
                yield review, day, place, who
