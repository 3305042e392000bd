"""Evaluations, marks, results."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import cohorts_seen_by, enrolment_seen_by
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import Scope, Scoped


class MarkStatus(models.TextChoices):
    """What a mark says; the words are those of the engine."""

    SCORED = "scored"
    ABSENT = "absent"
    DEFERRED = "deferred"
    EXEMPT = "exempt"
    MISSING = "missing"


class Evaluation(Scoped):
    """One stage of one cohort, judged by one scheme version."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="evaluations")
    stage = models.ForeignKey("programmes.Stage", on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey("programmes.EvaluationScheme", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "stage"], name="evaluation_once_a_stage")]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the cohorts that one sees."""
        return cohorts_seen_by(scope, "cohort")


class Mark(Scoped):
    """What was given to one apprentice for one item, and where it stood. Never altered, only superseded."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="marks")
    item = models.CharField(max_length=80, help_text="the item's key in the scheme")
    status = models.CharField(max_length=10, choices=MarkStatus.choices)
    score = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    is_current = models.BooleanField(default=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    batch = models.CharField(max_length=16, help_text="the marks that came in together")
    source = models.ForeignKey(SheetImport, on_delete=models.PROTECT, null=True, related_name="+")
    sheet_name = models.CharField(max_length=120, blank=True)
    cell = models.CharField(max_length=12, blank=True, help_text="such as C7")
    given = models.CharField(max_length=120, blank=True, help_text="what stood in the cell")
    undoes = models.ForeignKey(
        SheetImport, on_delete=models.PROTECT, null=True, related_name="+", help_text="the import taken back"
    )
    restores = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", help_text="the mark that holds again"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "enrolment", "item"],
                condition=Q(is_current=True),
                name="mark_current_once",
            ),
            models.CheckConstraint(
                condition=Q(status="scored", score__isnull=False, score__gte=0)
                | (~Q(status="scored") & Q(score__isnull=True)),
                name="mark_scored_with_score",
            ),
            models.CheckConstraint(condition=Q(status__in=MarkStatus.values), name="mark_status_known"),
            models.CheckConstraint(
                condition=Q(restores__isnull=True) | Q(undoes__isnull=False),
                name="mark_restores_by_an_undo",
            ),
        ]
        indexes = [
            models.Index(fields=["enrolment", "item", "-recorded_at"], name="mark_history"),
            models.Index(fields=["batch"], name="mark_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.item} {self.status} {self.score}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices that one sees."""
        return enrolment_seen_by(scope, "enrolment__")


class Result(Scoped):
    """What the scheme makes of one apprentice's current marks; figures are rounded once, by the scheme.

    `figures` holds, for each component in scheme order, `[value, to date, open]` as texts or None.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="results")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="results"
    )
    complete = models.BooleanField()
    total = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    to_date = models.DecimalField(max_digits=12, decimal_places=6)
    open = models.DecimalField(max_digits=12, decimal_places=6)
    passed = models.BooleanField(null=True)
    grade = models.CharField(max_length=40, blank=True)
    figures = models.JSONField(default=list)
    missing = models.JSONField(default=list, help_text="keys of the items that are still open")
    fingerprint = models.CharField(max_length=16, help_text="of the scheme's definition")
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "enrolment"], name="result_once"),
            models.CheckConstraint(
                condition=Q(complete=True) | Q(total__isnull=True, passed__isnull=True),
                name="result_total_only_if_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.total if self.complete else '…'}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices that one sees."""
        return enrolment_seen_by(scope, "enrolment__")
