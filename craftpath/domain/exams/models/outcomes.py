"""What a sitting came to for each candidate, and what candidates say against it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import assessed_by, enrolment_seen_by
from craftpath.domain.exams.models.papers import PaperLine
from craftpath.domain.exams.models.sittings import LONGEST_WORDS, Candidate
from craftpath.domain.exams.states import APPEAL
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_ANSWER = 2000


class Outcome(Scoped):
    """What was published to one candidate; published anew, it is written over, and the marks keep what was before.

    `points` and `full` are exact, as `19` or `58/3`; empty for who was absent. `lines` holds the points of each line
    of the form by its id. Which of several attempts counts, `terms.counted` says.
    """

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="outcome")
    points = models.CharField(max_length=60, blank=True)
    full = models.CharField(max_length=60, blank=True)
    lines = models.JSONField(default=dict)
    published_at = models.DateTimeField(help_text="for the first time: from then on one may appeal")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(points="", full="") | (~Q(points="") & ~Q(full="")), name="outcome_points_of_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.points or '–'}"

    @property
    def share(self) -> Fraction | None:
        """Of all points; None for who was absent."""
        return Fraction(self.points) / Fraction(self.full) if self.points else None

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "candidate__enrolment__")


class Appeal(Scoped):
    """A candidate asks that the marking of some questions is looked at again: once for each candidate.

    Somebody who marked none of these answers gives a second opinion without seeing the first points; a third person
    decides. `due_on` is the last day for the decision.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="appeal")
    words = models.TextField(max_length=LONGEST_ANSWER)
    lodged_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=APPEAL.start, choices=APPEAL.choices)
    assessed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=LONGEST_ANSWER, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=APPEAL.states), name="appeal_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["lodged", "assessed"], ended_at__isnull=True)
                | (~Q(state__in=["lodged", "assessed"]) & Q(ended_at__isnull=False)),
                name="appeal_ended_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "changed", "rejected"]) | ~Q(answer=""),
                name="appeal_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(assessed_at__isnull=True, assessed_by__isnull=True)
                | Q(assessed_at__isnull=False, assessed_by__isnull=False),
                name="appeal_assessed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="appeal_waiting")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("exams", "appeal", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, those at one's college, and those of apprentices whom one assesses; no enterprise sees any."""
        return _not_for_enterprises(scope, "candidate__")


class AppealedLine(Scoped):
    """A question in an appeal: what the second opinion gave, and what was decided in the end."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(PaperLine, on_delete=models.PROTECT, related_name="+")
    second_points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    second_words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    points = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, help_text="decided: they count instead of the first ones"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "line"], name="appealed_line_once"),
            models.CheckConstraint(
                condition=(Q(second_points__isnull=True) | Q(second_points__gte=0))
                & (Q(points__isnull=True) | Q(points__gte=0)),
                name="appealed_line_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.line_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the appeal is."""
        return _not_for_enterprises(scope, "appeal__candidate__")


def _not_for_enterprises(scope: Scope, prefix: str) -> Q:
    own = Q(**{f"{prefix}enrolment__person_id": scope.person_id})
    return own | below(scope, f"{prefix}sitting__organisation") | assessed_by(scope, f"{prefix}enrolment")
