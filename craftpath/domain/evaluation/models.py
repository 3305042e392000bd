"""Evaluations, marks, results."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import assessed_by, cohorts_seen_by, enrolment_seen_by
from craftpath.domain.evaluation.states import CONTEST
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import Scope, Scoped, below


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
    worked_out_on = models.DateField(
        null=True, help_text="up to which day confirmed facts were counted for everybody, or are about to be"
    )

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
    grade = models.CharField(max_length=40, blank=True, help_text="the key of a grade, of a graded method")
    is_current = models.BooleanField(default=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    batch = models.CharField(max_length=16, help_text="the marks that came in together")
    source = models.ForeignKey(SheetImport, on_delete=models.PROTECT, null=True, related_name="+")
    sheet_name = models.CharField(max_length=120, blank=True)
    cell = models.CharField(max_length=12, blank=True, help_text="such as C7")
    given = models.CharField(max_length=120, blank=True, help_text="what stood in the cell")
    reason = models.CharField(
        max_length=500,
        blank=True,
        db_default="",
        help_text="why it was given by hand although the scheme works it out",
    )
    evidence = models.JSONField(
        null=True, help_text="of a mark that was worked out: {rule, counts, reason}; null for any other"
    )
    origin = models.CharField(
        max_length=60,
        blank=True,
        db_default="",
        help_text="the pointer to the judgement that it is; empty where somebody simply gave it",
    )
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
                condition=Q(status="scored", score__isnull=False, score__gte=0, grade="")
                | (Q(status="scored", score__isnull=True) & ~Q(grade=""))
                | (~Q(status="scored") & Q(score__isnull=True, grade="")),
                name="mark_score_or_grade",
            ),
            models.CheckConstraint(condition=Q(status__in=MarkStatus.values), name="mark_status_known"),
            models.CheckConstraint(
                condition=Q(restores__isnull=True) | Q(undoes__isnull=False),
                name="mark_restores_by_an_undo",
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(recorded_by__isnull=True, reason=""),
                name="mark_worked_out_by_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["enrolment", "item", "-recorded_at"], name="mark_history"),
            models.Index(fields=["batch"], name="mark_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.item} {self.status} {self.grade or self.score}"

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
    decided = models.ForeignKey(
        "evaluation.ResultVersion",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the version in force; from then on only a correction moves this row",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "enrolment"], name="result_once"),
            models.CheckConstraint(
                condition=Q(complete=True) | Q(total__isnull=True, passed__isnull=True),
                name="result_total_only_if_complete",
            ),
            models.CheckConstraint(
                condition=Q(decided__isnull=True) | Q(complete=True), name="result_decided_only_if_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.total if self.complete else '…'}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices that one sees."""
        return enrolment_seen_by(scope, "enrolment__")


class DecisionKind(models.TextChoices):
    """Why a version of results exists."""

    DECIDED = "decided"
    CORRECTED = "corrected"


class Decision(Scoped):
    """Somebody with authority made results official, in one act; a correction says why in its own words."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="decisions")
    scheme = models.ForeignKey("programmes.EvaluationScheme", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    reason = models.TextField(blank=True, max_length=2000)
    people = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="corrected") | ~Q(reason=""), name="decision_correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the cohorts that one sees."""
        return cohorts_seen_by(scope, "evaluation__cohort")


class ResultVersion(Scoped):
    """A result as it was decided: the first one, and one more for each correction. Never altered.

    `known_marks` is the id of the newest mark that it knew, so that its derivation can be told again for ever.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="versions")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="result_versions"
    )
    number = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    passed = models.BooleanField()
    grade = models.CharField(max_length=40, blank=True)
    figures = models.JSONField(default=list)
    known_marks = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "enrolment", "number"], name="result_version_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="result_version_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since a decided result never moves."""
        if self.pk is not None:
            raise TypeError("a decided result is never altered; decide its correction")
        super().save(*args, **kwargs)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices that one sees."""
        return enrolment_seen_by(scope, "enrolment__")


class Contest(Scoped):
    """An apprentice says that a decided result is wrong, and why; somebody else than its judge answers."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    version = models.OneToOneField(ResultVersion, on_delete=models.PROTECT, related_name="contest")
    items = models.JSONField(default=list, help_text="keys of the items in question; empty: the whole result")
    words = models.TextField(max_length=2000)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    due_on = models.DateField(help_text="the last day for the answer")
    state = models.CharField(max_length=12, default=CONTEST.start, choices=CONTEST.choices)
    answer = models.TextField(blank=True, max_length=2000)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CONTEST.states), name="contest_state_known"),
            models.CheckConstraint(
                condition=Q(state=CONTEST.start, ended_at__isnull=True)
                | (~Q(state=CONTEST.start) & Q(ended_at__isnull=False)),
                name="contest_ended_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "corrected"]) | ~Q(answer=""),
                name="contest_answered_in_words",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="contest_waiting")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, those at one's college, and those of apprentices whom one assesses; no enterprise sees any."""
        own = Q(raised_by_id=scope.person_id)
        at_college = below(scope, "version__evaluation__cohort__organisation")
        return own | at_college | assessed_by(scope, "version__enrolment")
