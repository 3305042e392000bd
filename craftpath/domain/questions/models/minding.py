"""Reports of what hurts, and what the office hides."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.questions.models.answering import Answer
from craftpath.domain.questions.models.asking import Question
from craftpath.domain.questions.states import HIDING, REPORT
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below

LONGEST_WORDS = 400
REASONS = ("unkind", "private", "unsafe", "advert", "other")


class Report(Scoped):
    """Somebody says that a question or, with `answer`, an answer should not stand there; only the office sees who."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="reports")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="reports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=[(one, one) for one in REASONS])
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=REPORT.start, choices=REPORT.choices)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "answer", "person"], name="report_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(state__in=REPORT.states), name="report_state_known"),
            models.CheckConstraint(condition=Q(reason__in=REASONS), name="report_reason_known"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False), name="report_decided_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.reason}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those at one's organisations."""
        return Q(person=scope.person_id) | below(scope, "question__organisation")


class Hiding(Scoped):
    """The office hid a question or an answer for a reason; its writer hears it and may appeal once."""

    whose: ClassVar[tuple[str, ...]] = ("writer",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="hidings")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="hidings")
    writer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
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
            models.CheckConstraint(condition=Q(state__in=HIDING.states), name="hiding_state_known"),
            models.CheckConstraint(condition=~Q(because=""), name="hiding_with_reason"),
            models.CheckConstraint(
                condition=~Q(state="appealed") | (Q(appealed_at__isnull=False) & ~Q(appeal="")),
                name="hiding_appealed_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} hidden"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those at one's organisations."""
        return Q(writer=scope.person_id) | below(scope, "question__organisation")
