"""The statement store's one table."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below


class Statement(Scoped):
    """One statement. `raw` is the whole of it; the columns beside it are for finding."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    stored_at = models.DateTimeField(auto_now_add=True)
    at = models.DateTimeField(help_text="when it happened (xAPI timestamp)")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=200)
    object_id = models.CharField(max_length=300)
    raw = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="statement_by_person"),
            models.Index(fields=["verb", "-at"], name="statement_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.verb} {self.object_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """What I did, and what was done in my organisations."""
        own = models.Q(person_id=scope.person_id)
        return own | below(scope, "organisation")
