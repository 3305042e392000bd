"""Platforms that launch what is here, who comes from them, and grades that go back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.lti.models.launching import LONGEST_ADDRESS, LONGEST_ID, LONGEST_NAME
from craftpath.domain.lti.states import PLATFORM, RETURNS
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class Platform(Scoped):
    """A learning platform that an organisation trusts to say who comes; told by issuer and client id together."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    issuer = models.CharField(max_length=LONGEST_ID)
    client_id = models.CharField(max_length=LONGEST_ID)
    login_address = models.CharField(max_length=LONGEST_ADDRESS)
    token_address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    keys_address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    keys = models.JSONField(default=dict)
    deployments = models.JSONField(default=list)
    by_mail = models.BooleanField(default=False, help_text="whether the platform's mail address is believed")
    state = models.CharField(max_length=8, default=PLATFORM.start, choices=PLATFORM.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PLATFORM.states), name="lti_platform_state_known"),
            models.UniqueConstraint(fields=["issuer", "client_id"], name="lti_platform_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("lti", "platform", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")


class Identity(Scoped):
    """Who somebody is at a platform: the platform's own id of them, and the person here."""

    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="identities")
    subject = models.CharField(max_length=LONGEST_ID)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, choices=[(one, one) for one in ("sign_in", "mail")])
    made_at = models.DateTimeField()

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "subject"], name="lti_identity_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.platform_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of one's organisations."""
        return Q(person=scope.person_id) | below(scope, "platform__organisation")


class Entry(Scoped):
    """A link on a platform by which people come: where it leads here, where its grades and members are asked for."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="entries")
    deployment = models.CharField(max_length=LONGEST_ID)
    resource = models.CharField(max_length=LONGEST_ID)
    context = models.CharField(max_length=LONGEST_ID, blank=True)
    title = models.CharField(max_length=LONGEST_NAME, blank=True)
    target = models.CharField(max_length=40, blank=True, help_text="such as course/<run>")
    item_address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    members_address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "deployment", "resource"], name="lti_entry_once")
        ]
        indexes = [models.Index(fields=["target"], name="lti_entry_by_target")]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "platform__organisation")


class Return(Scoped):
    """Somebody who came by an entry, and the grade that goes back there: the latest one."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="returns")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="returns")
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    scored_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=RETURNS[0], choices=[(one, one) for one in RETURNS])
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=60, blank=True, help_text="a reason code")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "identity"], name="lti_return_once"),
            models.CheckConstraint(condition=Q(state__in=RETURNS), name="lti_return_state_known"),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(state="waiting"), name="lti_return_waiting")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.identity_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of one's organisations."""
        return Q(identity__person=scope.person_id) | below(scope, "entry__platform__organisation")
