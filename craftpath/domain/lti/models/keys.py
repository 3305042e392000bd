"""The keys that sign, and what serves once only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.lti.states import KEY
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class Key(Scoped):
    """A key pair of an organisation; `public_id` is the id under which others find it, `private` is sealed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    public = models.JSONField(help_text="the public half as a JWK")
    private = models.TextField(help_text="sealed")
    state = models.CharField(max_length=8, default=KEY.start, choices=KEY.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=KEY.states), name="lti_key_state_known"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="active"), name="lti_key_one_active"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("lti", "key", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")


class Once(models.Model):
    """Something that serves once, such as the id of a message: a hash of it, kept until the message is stale anyway."""

    hash = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager[Once]] = models.Manager()

    def __str__(self) -> str:
        return self.hash[:8]
