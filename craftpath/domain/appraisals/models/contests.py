"""Contests of appraisals, and what the upheld ones change."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.appraisals.models.rows import LONGEST, Appraisal
from craftpath.domain.appraisals.states import CONTEST
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

REMEDIES = ("line_out", "part_out", "again")
"""What an upheld contest changes: a line counts no longer, a part counts no longer, or the record was mended."""


class AppraisalContest(Scoped):
    """A trainer says that an appraisal is wrong, where and why; answered by somebody without a hand in it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="contests")
    part = models.CharField(max_length=12, blank=True, help_text="empty: the whole")
    line = models.CharField(
        max_length=40, blank=True, help_text="enrolment.evaluation of a line; empty: the part"
    )
    words = models.TextField(max_length=LONGEST)
    raised_at = models.DateTimeField()
    due_on = models.DateField(help_text="the last day for the answer")
    state = models.CharField(max_length=10, default=CONTEST.start, choices=CONTEST.choices)
    answer = models.TextField(max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CONTEST.states), name="appraisal_contest_state_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="appraisal_contest_in_words"),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "rejected"])
                | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="appraisal_contest_answered",
            ),
            models.UniqueConstraint(
                fields=["appraisal", "part", "line"],
                condition=Q(state="open"),
                name="appraisal_contest_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Who contests, and one's organisations'."""
        return Q(appraisal__person=scope.person_id) | below(scope, "appraisal__round__organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that its own lines of history keep."""
        return Ref("appraisals", "contest", self.public_id)


class AppraisalCorrection(Scoped):
    """What an upheld contest changes in every later version of the period. Never altered."""

    contest = models.OneToOneField(AppraisalContest, on_delete=models.PROTECT, related_name="correction")
    remedy = models.CharField(max_length=10, choices=[(remedy, remedy) for remedy in REMEDIES])
    reason = models.TextField(max_length=LONGEST)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(remedy__in=REMEDIES), name="appraisal_remedy_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="appraisal_correction_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.remedy} for {self.contest_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As its contest is seen."""
        own = Q(contest__appraisal__person=scope.person_id)
        return own | below(scope, "contest__appraisal__round__organisation")
