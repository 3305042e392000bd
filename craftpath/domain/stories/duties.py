"""Duties of stories: the office's two queues, and what waits for the teller, the master asked and an author."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F

from craftpath.domain.stories.models import Comment, CommentReport, MasterQuestion, Story
from craftpath.kernel.duties import Asked, columns, duty, first_of


@duty("stories.check", subject="stories.story")
def stories_to_check(asked: Asked) -> models.QuerySet[Any]:
    """Stories that were handed in."""
    rows = Story.objects.filter(state="review", handed_in_at__isnull=False)
    return columns(rows, subject="public_id", anchor="handed_in_at", place="organisation_id")


@duty("stories.consent", subject="stories.story")
def consents_to_give(asked: Asked) -> models.QuerySet[Any]:
    """Stories in the office's hands whose teller has not said how far they may be shown."""
    rows = Story.objects.filter(state="review", reach="", teller__isnull=False).exclude(made_by=F("teller"))
    return columns(rows, subject="public_id", anchor="handed_in_at", place="organisation_id", who="teller_id")


@duty("stories.report", subject="stories.story")
def reports_to_settle(asked: Asked) -> models.QuerySet[Any]:
    """Comments that were reported, by the first report of a story."""
    seen = Story.objects.order_by().values("pk")
    rows = CommentReport.objects.filter(settled_at__isnull=True, comment__story__in=seen)
    return first_of(
        rows, subject="comment__story__public_id", anchor="at", place="comment__story__organisation_id"
    )


@duty("stories.question", subject="stories.story")
def questions_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Questions to the teller of a story."""
    rows = MasterQuestion.objects.filter(answered_at__isnull=True, story__teller__isnull=False)
    rows = rows.filter(story__in=Story.objects.order_by().values("pk"))
    return first_of(
        rows, subject="story__public_id", anchor="at", place="story__organisation_id", who="story__teller_id"
    )


@duty("stories.hidden", subject="stories.story")
def reasons_to_read(asked: Asked) -> models.QuerySet[Any]:
    """Hidden comments whose author has not read why."""
    rows = Comment.objects.filter(hidden_at__isnull=False, told_at__isnull=True)
    rows = rows.filter(story__in=Story.objects.order_by().values("pk"))
    return first_of(
        rows, subject="story__public_id", anchor="hidden_at", place="story__organisation_id", who="person_id"
    )
