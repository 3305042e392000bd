"""Keys with which an organisation signs, and the lists that say which credentials do not hold any more."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.certificates.states import KEY
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class IssuerKey(Scoped):
    """An Ed25519 key of an organisation: the private half sealed with the site's key, the public half as a multikey.

    A retired key signs nothing new, and what it signed holds; what a revoked key signed holds no more.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=KEY.start, choices=KEY.choices)
    public = models.CharField(max_length=80, unique=True, help_text="multikey: z6Mk…")
    private = models.CharField(max_length=240, help_text="sealed; never leaves the server in clear")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["organisation_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=KEY.states), name="issuer_key_state_known"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="active"), name="issuer_key_one_active"
            ),
        ]

    def __str__(self) -> str:
        return self.public

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("certificates", "key", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")


class StatusList(Scoped):
    """A list of 131,072 places, one for each credential of an organisation; full ones are followed by a next one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["organisation_id", "number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="status_list_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.number}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")
