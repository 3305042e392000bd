"""Shares, and how often they were opened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from craftpath.domain.passport.states import SHARE
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

LONGEST_NAME = 80
AGENTS = ("wechat", "edge", "firefox", "chrome", "safari", "other")
"""Kinds of browsers, as coarse as they are useful: the log says no more of who looked."""


class Share(Scoped):
    """A link to some sections of one's record until a moment; only a hash of its secret is kept."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that one press makes one")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME, help_text="for whom, in the owner's words")
    sections = models.JSONField(default=list, help_text="keys of sections, in order")
    secret_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, default=SHARE.start, choices=SHARE.choices)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="the first moment without it")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["person"], name="share_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SHARE.states), name="share_state_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="share_some_time"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="share_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def until(self) -> date:
        """The last day."""
        return localdate(self.expires_at - timedelta(seconds=1))

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("passport", "share", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Its owner and nobody else."""
        return Q(person=scope.person_id)


class Look(models.Model):
    """How often a share was opened on a day by one kind of browser, and when last. No address, no name, no device."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="looks")
    on = models.DateField()
    agent = models.CharField(max_length=8, choices=[(one, one) for one in AGENTS])
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Look]] = models.Manager()

    class Meta:
        ordering = ["-on", "-last_at"]
        constraints = [
            models.UniqueConstraint(fields=["share", "on", "agent"], name="look_once_a_day"),
            models.CheckConstraint(condition=Q(agent__in=AGENTS), name="look_agent_known"),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.on} {self.agent}: {self.count}"
