"""Statements, what leads to them, what is known through them, and the documents that programs leave behind."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.kernel.clients import Client
from craftpath.kernel.files import KeptFile
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below


class OfOrganisation(Scoped):
    """A row of the store of one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever looks after the organisation."""
        return below(scope, "organisation")


class Statement(Scoped):
    """One statement. `text` is the whole of it as it is given out; the columns beside it are for finding.

    The key is made of the organisation and the statement's own id (`row_of`), so that two organisations may hold the
    same one. What is called `by_…` are keys of identities (`key_of`), and `target` is the row of the statement that it
    is about.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    stored_at = models.DateTimeField()
    at = models.DateTimeField(help_text="when it happened (xAPI timestamp)")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    client = models.ForeignKey(
        Client,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="who sent it; empty for one of the site's own",
    )
    verb = models.CharField(max_length=200)
    object_id = models.CharField(max_length=300)
    text = models.TextField(help_text="JSON")
    by_actor = models.UUIDField(null=True)
    by_verb = models.UUIDField(null=True)
    by_activity = models.UUIDField(null=True)
    registration = models.UUIDField(null=True)
    target = models.UUIDField(null=True)
    voids = models.BooleanField(default=False)
    voided = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="statement_by_person"),
            models.Index(fields=["organisation", "stored_at"], name="statement_by_storing"),
            models.Index(fields=["organisation", "by_actor", "stored_at"], name="statement_by_actor"),
            models.Index(fields=["organisation", "by_verb", "stored_at"], name="statement_by_verb_id"),
            models.Index(fields=["organisation", "by_activity", "stored_at"], name="statement_by_activity"),
            models.Index(
                fields=["organisation", "registration", "stored_at"],
                name="statement_by_registration",
                condition=Q(registration__isnull=False),
            ),
            models.Index(
                fields=["client", "by_verb", "stored_at"],
                name="statement_by_client",
                condition=Q(client__isnull=False),
            ),
            models.Index(fields=["target"], name="statement_by_target", condition=Q(target__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.verb} {self.object_id}"

    @property
    def raw(self) -> Any:
        """What it says."""
        return json.loads(self.text)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """What I did, and what was done in my organisations."""
        own = models.Q(person_id=scope.person_id)
        return own | below(scope, "organisation")


class Mention(OfOrganisation):
    """Somebody or something that a statement names beside its actor, its verb and its activity."""

    class Kind(models.IntegerChoices):
        """Whether the plain filter finds it, or only the one that looks at everything around."""

        AGENT = 1
        RELATED_AGENT = 2
        RELATED_ACTIVITY = 3

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="mentions", db_constraint=False
    )
    kind = models.SmallIntegerField(choices=Kind.choices)
    key = models.UUIDField()
    stored_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "kind", "key", "stored_at"], name="mention_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Pointing(OfOrganisation):
    """A statement leads to another one, directly or through others; that one may be unknown yet."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="pointings")
    target = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "target"], name="pointing_once"),
        ]
        indexes = [
            models.Index(fields=["target"], name="pointing_by_target"),
            # Whether a store has any at all is asked by everybody who looks for something.
            models.Index(fields=["organisation", "target"], name="pointing_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} → {self.target}"


class Known(OfOrganisation):
    """What statements have told of an activity, a verb or an agent by now."""

    class Kind(models.IntegerChoices):
        """What it is known of."""

        ACTIVITY = 1
        VERB = 2
        AGENT = 3

    kind = models.SmallIntegerField(choices=Kind.choices)
    key = models.UUIDField()
    name = models.TextField(help_text="the IRI, or the identity of an agent")
    told = models.TextField(help_text="JSON: a definition, names in languages, or a list of names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="known_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(OfOrganisation):
    """The content of attachments with this hash; many statements may name it."""

    sha2 = models.CharField(max_length=128)
    content_type = models.CharField(max_length=200)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha2"], name="attachment_content_once"),
        ]

    def __str__(self) -> str:
        return self.sha2


class LearningDocument(OfOrganisation):
    """A document that a program keeps here: a state of somebody in an activity, or a profile of either."""

    class Kind(models.IntegerChoices):
        """Of what it is a document."""

        STATE = 1
        ACTIVITY_PROFILE = 2
        AGENT_PROFILE = 3

    kind = models.SmallIntegerField(choices=Kind.choices)
    place = models.UUIDField(unique=True, help_text="made of everything by which it is asked for")
    around = models.UUIDField(help_text="made of the activity and the agent")
    registration = models.UUIDField(null=True)
    name = models.TextField(help_text="the id that the program gave it")
    content_type = models.CharField(max_length=200)
    content = models.BinaryField()
    etag = models.CharField(max_length=40)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["around", "updated_at"], name="learning_document_around")]

    def __str__(self) -> str:
        return self.name
