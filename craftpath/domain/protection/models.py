"""Requests of people about their own data."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.protection.states import KINDS, REQUEST
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_WORDS = 1000


class DataRequest(Scoped):
    """What somebody asks of the own data; `organisation` answers.

    `due_on` is the last day for the answer, counted when it was asked. `hold` is the reason code for which a deletion
    waits, `locked_until` the first day on which nothing has to be kept any more.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is asked once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in KINDS])
    words = models.TextField(blank=True)
    state = models.CharField(max_length=9, default=REQUEST.start, choices=REQUEST.choices)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True, help_text="when the person has read the answer")
    hold = models.CharField(max_length=40, blank=True)
    locked_until = models.DateField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["person"], name="request_of_person"),
            models.Index(fields=["organisation", "state", "due_on"], name="request_waits"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=REQUEST.states), name="request_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="request_kind_known"),
            models.CheckConstraint(
                condition=~Q(state="locked")
                | (Q(kind="delete") & ~Q(hold="") & Q(locked_until__isnull=False)),
                name="request_locked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="erased") | Q(kind="delete"), name="request_erased_if_asked"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=("asked", "locked")),
                name="request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id} {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever asks, and the organisation that answers, with those above it."""
        return below(scope, "organisation") | Q(person=scope.person_id)

    @property
    def ref(self) -> Ref:
        """How the history names it."""
        return Ref("protection", "request", self.public_id)
