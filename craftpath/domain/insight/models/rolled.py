"""Figures of a lake that somebody else computed, as they were read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.insight.models.cells import PERIOD, WORD
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class Rollup(Scoped):
    """A roll-up that an organisation took in: the same file is taken in once."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120, help_text="whose lake it is, in words")
    engine = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(help_text="as the report says")
    cities = models.PositiveIntegerField(null=True)
    report = models.JSONField(default=dict, help_text="what the roll-up named: left-out cities, why")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    figures = models.PositiveIntegerField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "digest"], name="rollup_taken_once"),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("insight", "rollup", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")


class RollupFigure(models.Model):
    """One line of the file. A suppressed one has neither n nor value; one without n has nothing to count."""

    rollup = models.ForeignKey(Rollup, on_delete=models.CASCADE, related_name="lines")
    indicator = models.CharField(max_length=60)
    place = models.CharField(max_length=WORD, blank=True)
    stage = models.CharField(max_length=WORD, blank=True)
    occupation = models.CharField(max_length=WORD, blank=True)
    enterprise = models.CharField(max_length=WORD, blank=True)
    period = models.CharField(max_length=PERIOD, blank=True)
    n = models.BigIntegerField(null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    suppressed = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[RollupFigure]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rollup", "indicator", "period", "place", "stage", "occupation", "enterprise"],
                name="rollup_figure_once",
            ),
            models.CheckConstraint(
                condition=Q(suppressed=False) | Q(n__isnull=True, value__isnull=True),
                name="rollup_figure_hidden_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.indicator
