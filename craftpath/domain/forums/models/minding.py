"""Reports of posts that hurt, and what the office hides."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.forums.models.threads import Post
from craftpath.domain.forums.states import HIDING, REPORT
from craftpath.domain.questions.rules import LONGEST_WORDS, REASONS
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below

_PLACE = "post__thread__forum__organisation"


class Report(Scoped):
    """Somebody says that a post should not stand there; only the office sees who."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=[(one, one) for one in REASONS])
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=REPORT.start, choices=REPORT.choices)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "person"], name="forum_post_report_once"),
            models.CheckConstraint(
                condition=Q(state__in=REPORT.states), name="forum_post_report_state_known"
            ),
            models.CheckConstraint(condition=Q(reason__in=REASONS), name="forum_post_report_reason_known"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False), name="forum_post_report_decided_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.reason}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those at one's organisations."""
        return Q(person=scope.person_id) | below(scope, _PLACE)


class Hiding(Scoped):
    """The office hid a post for a reason; its writer hears it and may appeal once."""

    whose: ClassVar[tuple[str, ...]] = ("post__person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="hidings")
    because = models.CharField(max_length=LONGEST_WORDS)
    hidden_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, help_text="when its writer read of it")
    state = models.CharField(max_length=10, default=HIDING.start, choices=HIDING.choices)
    appeal = models.CharField(max_length=LONGEST_WORDS, blank=True)
    appealed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=HIDING.states), name="forum_post_hiding_state_known"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="forum_post_hiding_with_reason"),
            models.CheckConstraint(
                condition=~Q(state="appealed") | (Q(appealed_at__isnull=False) & ~Q(appeal="")),
                name="forum_post_hiding_appealed_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} hidden"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those at one's organisations."""
        return Q(post__person=scope.person_id) | below(scope, _PLACE)
