"""Gaps of apprentices, counts of cohorts, counts of organisations, and how far the history has been read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.counts.measures import EVER, KINDS, SIDES
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import Scope, Scoped, below


class Gap(Scoped):
    """Since when something is open about one active apprentice; college and enterprise are those of the enrolment."""

    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[(key, key) for key in KINDS])
    since = models.DateField()
    college = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    host = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="gap_once"),
            models.CheckConstraint(condition=models.Q(kind__in=list(KINDS)), name="gap_kind_known"),
        ]
        indexes = [
            models.Index(fields=["college", "kind", "since"], name="gap_of_college"),
            models.Index(fields=["host", "kind", "since"], name="gap_of_host"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.kind} {self.since}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the apprentice; of organisations each finds its own by its index."""
        if not scope.path:
            return enrolment_seen_by(scope, "enrolment__")
        return below(scope, "college") | below(scope, "host")


class CohortCount(Scoped):
    """So many of one measure among those of one cohort who learn at one enterprise (none named: at none)."""

    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.CASCADE, related_name="+")
    college = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    measure = models.CharField(max_length=10)
    key = models.CharField(max_length=60, blank=True)
    day = models.DateField(default=EVER)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(n__gt=0), name="cohort_count_of_something")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.measure} {self.key} {self.n}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's college and below."""
        return below(scope, "college")


class Count(Scoped):
    """So many of one measure at an organisation and everything below it."""

    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    side = models.CharField(max_length=10, choices=[(side, side) for side in SIDES])
    measure = models.CharField(max_length=10)
    key = models.CharField(max_length=60, blank=True)
    day = models.DateField(default=EVER)
    n = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "side", "measure", "key", "day"], name="count_once"),
            models.CheckConstraint(condition=models.Q(side__in=SIDES), name="count_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.side} {self.measure} {self.key} {self.n}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisation and below."""
        return below(scope, "place")


class StaffCount(models.Model):
    """So many people with one role at one organisation itself (no role named: with any) as it was counted last."""

    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    n = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[StaffCount]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "role"], name="staff_count_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.role} {self.n}"


class Reading(models.Model):
    """How far the history has been read, and how far a look through everything has come on its day."""

    key = models.CharField(max_length=20, unique=True)
    reached = models.BigIntegerField(default=0)
    day = models.DateField(null=True)

    objects: ClassVar[models.Manager[Reading]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.key} {self.reached}"
