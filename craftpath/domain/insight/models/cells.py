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


SIDES = ("owned", "hosted")


class Book(models.Model):
    """The cells of one table of the star: whoever changes them, or decides what is hidden of them, holds this row.

    `made_at` is when they were last as the record was. `decided` counts with `changed`: while it is less,
    more may be hidden than has to be, and it is to be decided anew.
    """

    table = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField(null=True)
    changed = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, help_text="when all cells were looked at together")

    objects: ClassVar[models.Manager[Book]] = models.Manager()

    def __str__(self) -> str:
        return self.table


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
                fields=["table", "cohort"], condition=Q(cohort__isnull=False), name="slice_of_class_once"
            ),
            models.UniqueConstraint(
                fields=["table", "organisation"], condition=Q(cohort__isnull=True), name="slice_of_house_once"
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

    `owned` rows belong to a class or an organisation in the tree; `hosted` ones to others, whose apprentices learn
    there: no row is both for one reader. A dimension that is summed over is "". `hidden` says which measures are not
    shown, decided over all cells of the table at once: {measure: 1 too few, 2 others would follow}.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=20)
    side = models.CharField(max_length=6, choices=[(one, one) for one in SIDES])
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
                fields=[
                    "organisation",
                    "table",
                    "side",
                    "period",
                    "place",
                    "stage",
                    "occupation",
                    "enterprise",
                ],
                name="cell_once",
            ),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="cell_side_known"),
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
    day = models.DateField(null=True, help_text="the last day that was looked at")

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
