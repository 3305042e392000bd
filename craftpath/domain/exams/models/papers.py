"""Papers: items in an order."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.exams.models.bank import ItemVersion
from craftpath.domain.exams.models.blueprints import Blueprint
from craftpath.domain.exams.scoping import bank_seen_by
from craftpath.domain.exams.states import PAPER
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

LONGEST_TITLE = 120


class Paper(Scoped):
    """Items in an order, to be answered together; fixed from the moment it is ready."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is put together once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=PAPER.start, choices=PAPER.choices)
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, null=True, related_name="papers")
    form = models.CharField(
        max_length=1, blank=True, help_text="which of the blueprint's forms it is: A, B, C"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PAPER.states), name="paper_state_known"),
            models.CheckConstraint(
                condition=Q(blueprint__isnull=True, form="") | (Q(blueprint__isnull=False) & ~Q(form="")),
                name="paper_form_of_blueprint",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="paper_minutes"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("exams", "paper", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen."""
        return bank_seen_by(scope)


class PaperLine(models.Model):
    """An item's version at its place in a paper."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "order"], name="paper_line_order_once"),
            models.UniqueConstraint(fields=["paper", "version"], name="paper_line_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.order}"
