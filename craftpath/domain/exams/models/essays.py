"""Moderation of essays: who has opened the marks, what was sent back, what was decided."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import cohorts_seen_by, enrolment_seen_by
from craftpath.domain.exams.models.papers import PaperLine
from craftpath.domain.exams.models.sittings import LONGEST_REASON, Candidate, Sitting
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped


class Moderator(Scoped):
    """Somebody has opened the marks of a sitting, and marks none of its essays from then on."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="moderators")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="moderator_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.sitting_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the cohorts that one sees."""
        return cohorts_seen_by(scope, "sitting__cohort")


class EssayReturn(Scoped):
    """All marks of one marker at a sitting were sent back to be given anew; they stay as versions."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="essay_returns")
    marker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=LONGEST_REASON)
    returned_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.marker_id} at {self.sitting_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the cohorts that one sees."""
        return cohorts_seen_by(scope, "sitting__cohort")


class EssayDecision(Scoped):
    """A moderator has settled what an essay is worth, with the reason; the marks stay beside it. Never altered."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="essay_decisions")
    line = models.ForeignKey(PaperLine, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    because = models.CharField(max_length=LONGEST_REASON)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "line"],
                condition=Q(superseded_at__isnull=True),
                name="essay_decision_once",
            ),
            models.CheckConstraint(condition=Q(points__gte=0), name="essay_decision_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.line_id} {self.points}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "candidate__enrolment__")
