"""A month's run: its calculations with their stored inputs, its lines, corrections, questions about a line."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.allowances.models.books import Rule
from craftpath.domain.allowances.states import CALCULATION, QUESTION, RUN
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LINE_KINDS = ("original", "reversal", "renewed")
LONGEST_REASON = 300
LONGEST_WORDS = 500
SETTLED = ("approved", "paid")
"""Runs whose lines stand in the books and never change."""


class Run(Scoped):
    """What one organisation's allowances of one month come to; `total` is the sum of its lines in minor units.

    `month` is its first day. `computed_by` asked for the calculation that made the lines.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    state = models.CharField(max_length=10, default=RUN.start, choices=RUN.choices)
    currency = models.CharField(max_length=3, blank=True)
    total = models.BigIntegerField(default=0)
    calculation = models.ForeignKey(
        "allowances.Calculation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    computed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was sent back")
    paid_on = models.DateField(null=True)
    reference = models.CharField(max_length=80, blank=True, help_text="of the payment")
    paid_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month"], name="run_once_a_month"),
            models.CheckConstraint(condition=Q(state__in=RUN.states), name="run_state_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="run_month_by_its_first_day"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(calculation__isnull=False, computed_at__isnull=False),
                name="run_computed_with_calculation",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", *SETTLED]) | Q(checked_by__isnull=False),
                name="run_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SETTLED) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="run_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (
                    (Q(computed_by__isnull=True) | ~Q(approved_by=F("computed_by")))
                    & (Q(checked_by__isnull=True) | ~Q(approved_by=F("checked_by")))
                ),
                name="run_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False) & ~Q(reference="")
                | ~Q(state="paid") & Q(paid_on__isnull=True, reference=""),
                name="run_paid_with_day_and_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisations at and below one's own; who of them reads it is asked by the pages."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that history keeps."""
        return Ref("allowances", "run", self.public_id)


class Calculation(Scoped):
    """A wish to compute a run, and what came of it. The job may be run twice; this row says what came.

    `inputs` are the canonical bytes (JSON) of all that the lines were made of, deflated; `digest` is the SHA-256 of
    the bytes, `outcome` that of the engine's answer. `difference` says what changed against the lines before:
    `{before, after, more, fewer, other, rows: [[name, name, rule, before, after], …]}`. `warnings` counts and names.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.CharField(max_length=36, unique=True, help_text="one press of a button")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="calculations")
    state = models.CharField(max_length=10, default=CALCULATION.start, choices=CALCULATION.choices)
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    inputs = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=64, blank=True)
    difference = models.JSONField(default=dict)
    warnings = models.JSONField(default=dict)
    reason = models.CharField(max_length=80, blank=True, help_text="why it was refused: a reason code")
    facts = models.JSONField(default=dict, help_text="what the reason's sentence names")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CALCULATION.states), name="calculation_state_known"),
            models.UniqueConstraint(
                fields=["run"], condition=Q(state="asked"), name="calculation_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(inputs__isnull=False) & ~Q(digest="") & ~Q(outcome="")),
                name="calculation_done_with_inputs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the run is seen."""
        return below(scope, "run__organisation")


class Correction(Scoped):
    """A settled month that is looked at again in the next run, with a reason; of one pair, or of all."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    bond = models.ForeignKey("pairing.Bond", on_delete=models.PROTECT, null=True, related_name="+")
    because = models.CharField(max_length=LONGEST_REASON)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    run = models.ForeignKey(
        Run, on_delete=models.PROTECT, null=True, related_name="corrections", help_text="that took it in"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="correction_has_a_reason"),
            models.UniqueConstraint(
                fields=["organisation", "month", "bond"],
                condition=Q(run__isnull=True),
                nulls_distinct=False,
                name="correction_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisations at and below one's own."""
        return below(scope, "organisation")


class Line(Scoped):
    """What one rule pays one trainer for one pair in a month, in minor units; or a counter-line of a later run.

    `about` is the month that it is for, `month` that of its run. `detail` is `{days, parts, cuts}`: of what the amount
    was made, so that it can be said again (see `explaining`).
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lines")
    month = models.DateField()
    about = models.DateField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in LINE_KINDS])
    bond = models.ForeignKey("pairing.Bond", on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    rounded = models.BigIntegerField(help_text="before caps")
    amount = models.BigIntegerField()
    detail = models.JSONField(default=dict)
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, related_name="lines")

    whose: ClassVar = ("payee",)  # and never the apprentice

    class Meta:
        indexes = [models.Index(fields=["payee", "-month"], name="line_by_payee")]
        constraints = [
            models.UniqueConstraint(
                fields=["bond", "about", "rule"],
                condition=Q(kind="original"),
                name="line_once_a_pair_month_and_rule",
            ),
            models.UniqueConstraint(
                fields=["run", "bond", "about", "rule", "kind", "payee", "payer"],
                nulls_distinct=False,
                name="counter_line_once_a_run",
            ),
            models.CheckConstraint(
                condition=Q(kind="original", about=F("month"), amount__gte=0, correction__isnull=True)
                | Q(kind="reversal", about__lt=F("month"), amount__lt=0, correction__isnull=False)
                | Q(kind="renewed", about__lt=F("month"), amount__gt=0, correction__isnull=False),
                name="line_kind_and_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about:%Y-%m} {self.amount}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The own ones once they are approved, and those of one's organisations."""
        own = Q(payee=scope.person_id, run__state__in=SETTLED)
        return own | below(scope, "run__organisation")


class Question(Scoped):
    """What a trainer asks about a line of the own, and the office's answer."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=LONGEST_WORDS)
    state = models.CharField(max_length=10, default=QUESTION.start, choices=QUESTION.choices)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=LONGEST_WORDS, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    whose: ClassVar = ("person",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QUESTION.states), name="question_state_known"),
            models.CheckConstraint(
                condition=~Q(state="answered") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="question_answered_with_words",
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(state="asked"), name="question_open_once_a_line"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Who asks, and the office that pays."""
        return Q(person=scope.person_id) | below(scope, "line__run__organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that duties keep."""
        return Ref("allowances", "question", self.public_id)
