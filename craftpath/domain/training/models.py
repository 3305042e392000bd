"""The ledger of hours."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped


class HourLine(Scoped):
    """Minutes of one apprentice on one day in one bucket; `key` makes posting the same twice one line.

    A reversal has the minutes of the line that it takes back with the sign turned, so a bucket's sum needs no
    condition. `source` is a Ref as text: the log entry or the attendance that is the evidence.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    bucket = models.SlugField(max_length=40)
    on = models.DateField()
    minutes = models.IntegerField()
    source = models.CharField(max_length=120)
    key = models.CharField(max_length=160, unique=True)
    reversal_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    because = models.CharField(max_length=60, blank=True, help_text="a reason code; of reversals only")
    posted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["enrolment", "on"], name="hours_by_day"),
            models.Index(fields=["source"], name="hours_by_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reversal_of__isnull=True, minutes__gt=0, because="")
                | (Q(reversal_of__isnull=False, minutes__lt=0) & ~Q(because="")),
                name="hours_reversed_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.on} {self.bucket} {self.minutes}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Hours of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "enrolment__")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since a ledger is not rewritten."""
        if self.pk is not None:
            raise TypeError("an hour line is never altered")
        super().save(*args, **kwargs)
