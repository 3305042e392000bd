"""Slices of the record, cells that add them up for each reader, and how far the history was followed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below

WORD, PERIOD = 120, 7
ALL = ""
"""In a cell: summed over all values of the dimension."""


class Tree(models.Model):
    """One tree of organisations, by the path of its root: whoever changes its cells holds this row.

    `made_at` is when its cells were last as the record was; `decided` names the engine that decided what is hidden.
    """

    path = models.CharField(max_length=255, unique=True)
    made_at = models.DateTimeField(null=True)
    decided = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager[Tree]] = models.Manager()

    def __str__(self) -> str:
        return self.path


class Slice(models.Model):
    """The rows that one table of the star has of one class, or of one organisation where there is no class.

    `marks` grows with every fact that may have changed them, `done` is what it was when they were last read: they are
    stale while it is more. `cells` holds what they added to the finest cells: [dimensions, {part: integer}].
    """

    table = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(
        "apprenticeships.Cohort", on_delete=models.CASCADE, null=True, related_name="+"
    )
    marks = models.PositiveIntegerField(default=1)
    done = models.PositiveIntegerField(default=0)
    cells = models.JSONField(default=list)
    definition = models.CharField(max_length=16, blank=True, help_text="of the parts that were added up")
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Slice]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "organisation", "cohort"], name="slice_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(marks__gte=F("done")), name="slice_not_ahead"),
        ]
        indexes = [
            models.Index(fields=["table", "id"], condition=Q(marks__gt=F("done")), name="slice_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.cohort_id or self.organisation_id}"


class Cell(Scoped):
    """Additive parts of one table of the star, for the readers of one organisation: of what lies in its tree.

    A dimension that is summed over is "". `hidden` says why measures are not shown: {measure: reason}, decided over
    all cells of the tree at once.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=20)
    place = models.CharField(max_length=WORD, blank=True)
    stage = models.CharField(max_length=WORD, blank=True)
    occupation = models.CharField(max_length=WORD, blank=True)
    enterprise = models.CharField(max_length=WORD, blank=True)
    period = models.CharField(max_length=PERIOD, blank=True)
    parts = models.JSONField(default=dict)
    hidden = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "table", "period", "place", "stage", "occupation", "enterprise"],
                name="cell_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.organisation_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations and of what lies below them."""
        return below(scope, "organisation")


class Heard(models.Model):
    """How far the history was followed: `reached`, and of later entries those that were heard already.

    On a server with several writers an entry may appear after one with a higher number, so that a number alone does
    not say what was heard.
    """

    key = models.CharField(max_length=20, unique=True)
    reached = models.PositiveBigIntegerField(default=0)
    beyond = models.JSONField(default=list)
    period = models.CharField(max_length=PERIOD, blank=True, help_text="the quarter of the last look")

    objects: ClassVar[models.Manager[Heard]] = models.Manager()

    def __str__(self) -> str:
        return self.key


class Published(Scoped):
    """An indicator that an organisation shows to everybody, until it takes it back."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "indicator"],
                condition=Q(withdrawn_at__isnull=True),
                name="indicator_published_once",
            )
        ]

    def __str__(self) -> str:
        return self.indicator

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")
