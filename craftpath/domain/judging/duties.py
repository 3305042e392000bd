"""Duties of judging: work to rate by its last day, marks to publish once everybody has rated."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.judging.models import Judgement, Practical, Rater, Rating
from craftpath.kernel.duties import Asked, columns, duty


@duty("judging.rate", subject="judging.practical")
def work_to_rate(asked: Asked) -> models.QuerySet[Any]:
    """Open practical assessments of whoever has not rated all works yet; one line each, however many works."""
    done = Rating._base_manager.filter(rater=OuterRef("pk"), is_current=True)
    rows = Rater.objects.filter(
        ~Exists(done), excused_at__isnull=True, practical__state="open", enrolment__state="active"
    ).exclude(kind="self")
    return columns(
        rows,
        subject="practical__public_id",
        anchor="practical__due_on",
        place="practical__organisation_id",
        who="person_id",
    ).distinct()


@duty("judging.publish", subject="judging.practical")
def marks_to_publish(asked: Asked) -> models.QuerySet[Any]:
    """Practical assessments at which everybody has rated, and of which a mark is not published, from their last day."""
    rated = Rating._base_manager.filter(rater=OuterRef("pk"), is_current=True)
    seats = Rater._base_manager.filter(
        practical=OuterRef("pk"), excused_at__isnull=True, enrolment__state="active"
    ).exclude(kind="self")
    published = Judgement._base_manager.filter(
        practical=OuterRef("practical"), enrolment=OuterRef("enrolment"), reopened_at__isnull=True
    )
    rows = Practical.objects.filter(
        ~Exists(seats.filter(~Exists(rated))), Exists(seats.filter(~Exists(published))), state="open"
    )
    return columns(rows, subject="public_id", anchor="due_on", place="organisation_id")
