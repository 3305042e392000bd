"""Rows of sign-on: providers, links to people, what groups mean, and the roles that came of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.kernel.access import Membership
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_NAME = 200
LONGEST_ADDRESS = 500


class Kind(models.TextChoices):
    """Which language a provider speaks."""

    OIDC = "oidc"
    SAML = "saml"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


class Match(models.TextChoices):
    """By what somebody is found who comes for the first time; afterwards the link counts."""

    LINK = "link"  # by nothing: one links the account oneself
    EMAIL = "email"  # an address that the provider verified
    NUMBER = "number"  # a claim that holds the sign-in name or the directory's number


class Unknown(models.TextChoices):
    """What becomes of somebody whom nobody knows here."""

    REFUSE = "refuse"
    INVITE = "invite"  # an invitation to the role that a group means, where an address was verified


class SignOnProvider(Scoped):
    """An organisation's own way to sign in; the secret is sealed with the site's key, and it begins switched off."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=80, help_text="what the button says")
    issuer = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True, help_text="of SAML: where to sign in")
    certificate = models.TextField(blank=True, help_text="of SAML: what its assertions are signed with")
    client_id = models.CharField(max_length=LONGEST_NAME, blank=True)
    agent_id = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="of WeCom: the application")
    secret = models.TextField(blank=True, help_text="sealed; SAML has none")
    match = models.CharField(max_length=10, choices=Match.choices, default=Match.LINK)
    number_claim = models.CharField(max_length=80, blank=True)
    groups_claim = models.CharField(max_length=80, blank=True)
    unknown = models.CharField(max_length=10, choices=Unknown.choices, default=Unknown.REFUSE)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    on_at = models.DateTimeField(null=True)
    groups_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    groups_at = models.DateTimeField(null=True, help_text="since when groups give and end roles")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="sign_on_kind_known"),
            models.CheckConstraint(condition=Q(match__in=Match.values), name="sign_on_match_known"),
            models.CheckConstraint(condition=Q(unknown__in=Unknown.values), name="sign_on_unknown_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "sign_on", self.public_id)

    @property
    def serves(self) -> bool:
        """Whether it is switched on and was not removed."""
        return self.on_at is not None and self.removed_at is None


class SignOnLink(Scoped):
    """An account there is a person here; `by_self` where the person linked the two while signed in."""

    provider = models.ForeignKey(SignOnProvider, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=255)
    by_self = models.BooleanField(default=False)
    groups = models.JSONField(default=list, help_text="as the provider said last")
    made_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="sign_on_subject_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.person_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of one's organisations."""
        return Q(person=scope.person_id) | below(scope, "provider__organisation")


class SignOnGroup(Scoped):
    """What a group of the provider means here."""

    provider = models.ForeignKey(SignOnProvider, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=LONGEST_NAME)
    role = models.CharField(max_length=20)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["provider", "name"], name="sign_on_group_once"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="sign_on_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.role}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "provider__organisation")


class SignOnRole(Scoped):
    """A role that came of a group at sign-on, so that it may go with it."""

    link = models.ForeignKey(SignOnLink, on_delete=models.CASCADE, related_name="roles")
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return f"{self.link_id}: {self.membership_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "link__provider__organisation")
