"""What members say to a story, what they report, and what they ask its master."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.stories.models.stories import LONGEST_REASON, Story
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person

LONGEST_COMMENT = 600


class Comment(models.Model):
    """Words of a member; hidden for a reason, it is read by its author and the office only.

    `told_at` is when the author has read the reason.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST_COMMENT)
    at = models.DateTimeField()
    hidden_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    told_at = models.DateTimeField(null=True)

    whose: ClassVar[tuple[str, ...]] = ("person",)

    objects: ClassVar[models.Manager[Comment]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(because=""), name="story_comment_hidden_why"
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.public_id}"


class CommentReport(models.Model):
    """Somebody asks the office to look at a comment; open until it has."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST_REASON)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    whose: ClassVar[tuple[str, ...]] = ("person",)  # and never who wrote the comment

    objects: ClassVar[models.Manager[CommentReport]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="story_report_once")]

    def __str__(self) -> str:
        return f"report of {self.comment_id}"


class MasterQuestion(models.Model):
    """A question to the teller of a story, and the answer; nobody else reads either."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST_COMMENT)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    whose: ClassVar[tuple[str, ...]] = ("person",)

    objects: ClassVar[models.Manager[MasterQuestion]] = models.Manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__gte=F("at"))),
                name="story_question_answered",
            )
        ]

    def __str__(self) -> str:
        return f"question {self.public_id}"
