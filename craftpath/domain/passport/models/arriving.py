"""Records that people brought along from other sites."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.passport.states import ARRIVAL
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

VERDICTS = ("valid", "key_only")


class Arrival(Scoped):
    """A record that another site signed, as it was read: kept apart, and nothing counts it.

    `source` is what the file calls the record, the same in every newer one; `issuer` is who signed it. What a newer
    one replaced stays, with its digest and without being shown. `verdict` says
    whether an office here knows the key.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=ARRIVAL.start, choices=ARRIVAL.choices)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    source = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300)
    issuer_name = models.JSONField(default=dict)
    issued_at = models.DateTimeField(help_text="as the file says")
    verdict = models.CharField(max_length=14, choices=[(one, one) for one in VERDICTS])
    holder = models.CharField(max_length=120, help_text="whose it is, as the file says")
    content = models.JSONField(help_text="its sections, as plain values")
    brought_at = models.DateTimeField()
    office = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="whom its owner belongs to",
    )
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="when an office decided, or it ended")
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-brought_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ARRIVAL.states), name="arrival_state_known"),
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="arrival_verdict_known"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(office__isnull=False), name="arrival_waits_for_an_office"
            ),
            models.UniqueConstraint(
                fields=["person", "source"], condition=Q(state="kept"), name="arrival_kept_once"
            ),
            models.UniqueConstraint(
                fields=["person", "digest"],
                condition=Q(state__in=["waiting", "kept"]),
                name="arrival_file_once",
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("passport", "arrival", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Its owner; and an office while it is asked whose it is."""
        return Q(person=scope.person_id) | (Q(state="waiting") & below(scope, "office"))
