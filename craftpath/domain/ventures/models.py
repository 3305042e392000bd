"""Ventures, their sides, who is in charge, milestones, what they point to, files, and what happened."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.ventures.states import VENTURE
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

KINDS = ("unit", "team", "project", "product")
OPEN = ("planned", "running")
LONGEST_GOAL, LONGEST_WORDS, LONGEST_LINE = 600, 600, 300


class Venture(Scoped):
    """Something that the sides of an agreement run together, from a first to a last day."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cooperation = models.ForeignKey("partnership.Cooperation", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    title = models.JSONField(default=dict)
    goal = models.CharField(max_length=LONGEST_GOAL)
    state = models.CharField(max_length=10, default=VENTURE.start, choices=VENTURE.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day")
    ended_on = models.DateField(null=True)
    because = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="why it was stopped")
    product = models.JSONField(default=dict, help_text="what came out, by name")
    product_words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    product_photo = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VENTURE.states), name="venture_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="venture_kind_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="venture_some_days"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_on__isnull=True)
                | (~Q(state__in=OPEN) & Q(ended_on__isnull=False)),
                name="venture_ended_with_day",
            ),
        ]

    def __str__(self) -> str:
        return Text.of(self.title).both()

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("ventures", "venture", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, and those of which one is in charge."""
        sides = Side.objects.filter(below(scope, "organisation")).order_by().values("venture_id")
        mine = Charge.objects.filter(person=scope.person_id).order_by().values("venture_id")
        return Q(pk__in=sides) | Q(pk__in=mine)


class Side(models.Model):
    """An organisation that takes part, and what it does in it."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=160, blank=True)

    objects: ClassVar[models.Manager[Side]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["venture", "organisation"], name="venture_side_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.venture_id}"


class Charge(models.Model):
    """Somebody who is in charge, named by the own side."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="charges")
    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="charges")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80, blank=True)

    objects: ClassVar[models.Manager[Charge]] = models.Manager()

    class Meta:
        ordering = ["side_id", "pk"]
        indexes = [models.Index(fields=["person"], name="charge_of_person")]
        constraints = [models.UniqueConstraint(fields=["venture", "person"], name="venture_charge_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.venture_id}"


class Milestone(models.Model):
    """What is reached by when."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=160)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[Milestone]] = models.Manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Pointer(models.Model):
    """What a venture is about: a unit, a team, a group, a course, a resource."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="pointers")
    to = models.CharField(max_length=120, help_text="a Ref as text: noun/kind/public id")

    objects: ClassVar[models.Manager[Pointer]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["venture", "to"], name="venture_pointer_once")]

    def __str__(self) -> str:
        return self.to


class VentureFile(models.Model):
    """A file of a venture."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager[VentureFile]] = models.Manager()
    whose: ClassVar[tuple[str, ...]] = ("added_by",)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class LogLine(models.Model):
    """What happened, in somebody's words."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="log")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.CharField(max_length=LONGEST_LINE)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[LogLine]] = models.Manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.words[:40]
