"""Reviews of a version: who is asked, what they vote, what they say of the whole, of a unit or of an outcome."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.curricula.models.versions import LONGEST_WORDS, CurriculumVersion
from craftpath.domain.curricula.states import REVIEW
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

SIDES = ("college", "enterprise", "apprentices")
VOTES = ("agree", "changes", "against")
LONGEST_MADE = 80
ABOUT = ("whole", "unit", "outcome")


class VersionReview(Scoped):
    """One round of asking; a version has one open at a time, and keeps those before."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=12, default=REVIEW.start, choices=REVIEW.choices)
    due_on = models.DateField(help_text="the last day for votes")
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="why it went back")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=REVIEW.states), name="version_review_state_known"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(state="open"), name="version_review_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the versions that one sees."""
        versions = CurriculumVersion._base_manager.filter(CurriculumVersion.seen_by(scope)).order_by()
        return Q(version__in=versions.values("pk"))


class Reviewer(models.Model):
    """Somebody who is asked, for one side, with the own vote; an apprentice's is shown only in a sum."""

    review = models.ForeignKey(VersionReview, on_delete=models.CASCADE, related_name="reviewers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=[(side, side) for side in SIDES])
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=8, blank=True, choices=[(vote, vote) for vote in VOTES])
    voted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Reviewer]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["person"], name="reviewer_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="reviewer_once"),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="reviewer_side_known"),
            models.CheckConstraint(
                condition=Q(vote="", voted_at__isnull=True) | Q(vote__in=VOTES, voted_at__isnull=False),
                name="reviewer_vote_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.side}"


class ReviewComment(models.Model):
    """A remark on the whole, a unit or an outcome (`key`), or an answer to one; `made_id` makes one press one row."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    review = models.ForeignKey(VersionReview, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=12, blank=True, choices=[(side, side) for side in SIDES])
    about = models.CharField(max_length=8, choices=[(about, about) for about in ABOUT])
    key = models.SlugField(max_length=60, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS)
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    made_id = models.CharField(max_length=LONGEST_MADE)
    made_at = models.DateTimeField()
    resolved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[ReviewComment]] = models.Manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "made_id"], name="review_comment_once"),
            models.CheckConstraint(condition=Q(about__in=ABOUT), name="review_comment_about_known"),
            models.CheckConstraint(condition=Q(side__in=("", *SIDES)), name="review_comment_side_known"),
        ]

    def __str__(self) -> str:
        return self.public_id
