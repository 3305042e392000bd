"""Cooperation agreements."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.partnership.states import COOPERATION
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

PARTS = ("mode", "content", "cost", "enterprise_duties", "college_duties")


class Cooperation(Scoped):
    """One agreement of an enterprise with a college; `words` hold what they agreed, in Chinese and English."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enterprise = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    college = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=COOPERATION.start, choices=COOPERATION.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day")
    words = models.JSONField(default=dict, help_text="part → the same in each language")
    filing_no = models.CharField(max_length=60, blank=True)
    document = models.ForeignKey("kernel.Document", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=COOPERATION.states), name="cooperation_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cooperation_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(enterprise=F("college")), name="cooperation_of_two"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_on__isnull=True)),
                name="cooperation_ended_with_day",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Both sides, and whoever is above them."""
        return below(scope, "enterprise") | below(scope, "college")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("partnership", "cooperation", self.public_id)
