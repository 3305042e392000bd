"""Rows of a directory: who is in it, its groups, who is in those, and which roles came of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from craftpath.kernel.access import Membership
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_NAME = 200


class DirectoryEntry(Scoped):
    """Somebody as the directory of an organisation knows them; `content` is what it sent besides, and only it reads."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_person = models.BooleanField(help_text="nobody knew the person before")
    user_name = models.CharField(max_length=LONGEST_NAME)
    external_id = models.CharField(max_length=LONGEST_NAME, blank=True)
    active = models.BooleanField(default=True)
    content = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        indexes = [
            models.Index(fields=["organisation", "external_id"], name="directory_by_external_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("user_name"),
                condition=Q(removed_at__isnull=True),
                name="directory_user_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.user_name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")


class DirectoryGroup(Scoped):
    """A group of the directory; `role` is what it means here, empty while nobody has decided."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    external_id = models.CharField(max_length=LONGEST_NAME, blank=True)
    role = models.CharField(max_length=20, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["", *(role.value for role in Role)]), name="directory_role_known"
            ),
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
        return Ref("kernel", "directory_group", self.public_id)


class DirectoryMember(Scoped):
    """Somebody is in a group; `display` is what the directory calls them there."""

    group = models.ForeignKey(DirectoryGroup, on_delete=models.PROTECT, related_name="members")
    entry = models.ForeignKey(DirectoryEntry, on_delete=models.PROTECT, related_name="groups")
    display = models.CharField(max_length=LONGEST_NAME, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["group", "entry"], name="directory_member_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.group_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "group__organisation")


class DirectoryRole(Scoped):
    """A role that came of a group, so that it may go with it; one that was held before stays out of here."""

    entry = models.ForeignKey(DirectoryEntry, on_delete=models.PROTECT, related_name="roles")
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.membership_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "entry__organisation")
