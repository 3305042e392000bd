"""Blueprints: what forms of a paper have to be; and what came of putting such forms together."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.exams.scoping import bank_seen_by
from craftpath.domain.exams.states import ASSEMBLY
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

LONGEST_BLUEPRINT_TITLE = 110
"""A paper is called by it, with the letter of its form."""


class Blueprint(Scoped):
    """What each form of a paper has to be. `wanted` is read and written by `exams/wishes.py`."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is written once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_BLUEPRINT_TITLE)
    wanted = models.JSONField()
    number = models.PositiveIntegerField(default=1, help_text="counts its changes, from one")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="blueprint_counted_from_one"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("exams", "blueprint", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen."""
        return bank_seen_by(scope)


class Assembly(Scoped):
    """Forms that somebody asked for by a blueprint as it was then. The job may be run twice; this row says what came.

    `found`, once done: `forms` [[[item's public id, version], …], …], and how good they are (`status`, `deviation`,
    `bound`, `level`, `tolerance`, `settled`). Once impossible: `conflict`, `relief`, `minimal`, or `faults`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is asked for once")
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="assemblies")
    wanted = models.JSONField(help_text="the wishes of the blueprint at that time")
    seed = models.PositiveSmallIntegerField(
        default=0, help_text="settles what is equal; another seed, other forms"
    )
    state = models.CharField(max_length=10, default=ASSEMBLY.start, choices=ASSEMBLY.choices)
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)
    swaps = models.PositiveSmallIntegerField(default=0, help_text="questions that were changed by hand")
    reason = models.CharField(max_length=80, blank=True, help_text="why it was refused: a reason code")
    facts = models.JSONField(default=dict, help_text="what the reason's sentence names")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ASSEMBLY.states), name="assembly_state_known"),
            models.UniqueConstraint(
                fields=["blueprint"], condition=Q(state="asked"), name="assembly_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", ended_at__isnull=True)
                | (~Q(state="asked") & Q(ended_at__isnull=False)),
                name="assembly_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blueprint_id}: {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the blueprint is seen."""
        return bank_seen_by(scope, "blueprint__")
