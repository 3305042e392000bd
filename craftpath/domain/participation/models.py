"""The one table of confirmed acts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

KINDS = ("forum", "group", "reading", "course")
LONGEST_TITLE = 120


class ConfirmedAct(Scoped):
    """One apprentice took part in one thing on a day, and `confirmed_by` stands for it (nobody: a test did).

    `about` is what it was, a ref; it names the row once for an apprentice. Withdrawn, it stays with its reason and
    counts no more.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in KINDS])
    about = models.CharField(max_length=80)
    title = models.CharField(max_length=LONGEST_TITLE)
    on = models.DateField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "about"], name="act_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="act_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the apprentice."""
        return enrolment_seen_by(scope, "enrolment__")
