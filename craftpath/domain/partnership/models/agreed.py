"""Cooperation agreements, their sides, and the duties that each side took on."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from craftpath.domain.partnership.states import COOPERATION
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

PARTS = ("mode", "content", "cost", "enterprise_duties", "college_duties", "public_duties")
ROLES = ("enterprise", "college", "public")
REPEATS = ("once", "term", "year")


class Cooperation(Scoped):
    """What two to eight sides agreed on, in Chinese and English; `organisation` keeps its papers."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.JSONField(default=dict, help_text="of the partnership, in each language")
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
        """All sides, and whoever is above them."""
        return Exists(Side.objects.filter(below(scope, "organisation"), cooperation=OuterRef("pk")))

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("partnership", "cooperation", self.public_id)

    @property
    def title(self) -> Text:
        """What it is called."""
        return Text.of(self.name)


def seen_through(way: str, scope: Scope) -> Any:
    """Rows of the cooperations that somebody sees, by the look-up that leads there."""
    seen = Cooperation._base_manager.filter(Cooperation.seen_by(scope)).order_by()
    return Q(**{f"{way}__in": seen.values("pk")})


class Side(models.Model):
    """An organisation that is party to a cooperation, and as what."""

    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=[(one, one) for one in ROLES])
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "organisation"], name="cooperation_side_once"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="cooperation_side_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperation_id} {self.organisation_id}"


class SideDuty(Scoped):
    """What one side has to do until a day, once or again every term or year; no day once nothing is due any more."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="duties")
    words = models.JSONField(default=dict)
    repeats = models.CharField(max_length=8, default="once", choices=[(one, one) for one in REPEATS])
    due_on = models.DateField(null=True, help_text="the next day on which it is due")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(repeats__in=REPEATS), name="side_duty_repeats_known")
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the cooperation."""
        return seen_through("side__cooperation", scope)


class DutyDone(models.Model):
    """That a duty was done for one of its days, by whom, and with which note."""

    duty = models.ForeignKey(SideDuty, on_delete=models.PROTECT, related_name="done")
    due_on = models.DateField()
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField()
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "due_on"], name="side_duty_done_once")]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.due_on}"
