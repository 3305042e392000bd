"""What the site remembers of doubles: pairs that look alike, merges, and each row that a merge touched."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.kernel.twins.states import MERGE, TWINS
from craftpath.values.ref import Ref

LONGEST = 300  # characters of a reason


class Twins(models.Model):
    """Two records that may be one person. `reasons` are codes, the strongest first; `apart` is remembered for good."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=TWINS.start, choices=TWINS.choices)
    strength = models.PositiveSmallIntegerField(help_text="3: strong, 2: likely, 1: possible")
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST, blank=True)

    objects: ClassVar[models.Manager[Twins]] = models.Manager()

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["state", "-strength"], name="twins_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="twins_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="twins_in_order"),
            models.CheckConstraint(condition=Q(state__in=TWINS.states), name="twins_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"


class Merge(Scoped):
    """One merge. `before` holds what stood in the two records themselves; `moved` and `left` count rows by table."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stays = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    goes = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=MERGE.start, choices=MERGE.choices)
    because = models.CharField(max_length=LONGEST)
    at = models.DateTimeField()
    merged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    left = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_because = models.CharField(max_length=LONGEST, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["goes"], condition=Q(state=MERGE.start), name="merge_goes_once"),
            models.CheckConstraint(condition=~Q(stays=F("goes")), name="merge_of_two"),
            models.CheckConstraint(condition=Q(state__in=MERGE.states), name="merge_state_known"),
            models.CheckConstraint(
                condition=Q(state=MERGE.start, undone_at__isnull=True)
                | ~Q(state=MERGE.start) & Q(undone_at__isnull=False),
                name="merge_undone_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goes_id} into {self.stays_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's own records, and those that one's organisations decided."""
        return Q(stays=scope.person_id) | below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "merge", self.public_id)


class MergedRow(models.Model):
    """A column of one row that a merge wrote: from the one who went to the one who stays, or from `was` to `wrote`."""

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="rows")
    label = models.CharField(max_length=60)
    column = models.CharField(max_length=40)
    row = models.CharField(max_length=40, help_text="the key of the row, as text")
    wrote = models.CharField(max_length=40, blank=True, help_text="a day or moment where nothing stood")

    objects: ClassVar[models.Manager[MergedRow]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["merge", "label", "column", "row"], name="merged_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.label}.{self.column} {self.row}"
