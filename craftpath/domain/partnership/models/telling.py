"""What an enterprise reckons for itself, and the yearly letters."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.partnership.models.agreed import Cooperation, Side, seen_through
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above


class CostStatement(Scoped):
    """A saved version of what apprentices cost an enterprise and bring: every assumption with its source.

    Nobody outside the enterprise sees it; with `on_letter` its result is printed on the balance letter.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="statements")
    version = models.PositiveIntegerField()
    assumptions = models.JSONField()
    on_letter = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["side", "version"], name="cost_statement_version_once")
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The enterprise itself and what lies below it; nobody above."""
        return above(scope, "side__organisation")


class BalanceLetter(Scoped):
    """The statement of a year as it was issued: the same content gives the same paper for ever."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="letters")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "year", "version"], name="balance_letter_once")
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the cooperation."""
        return seen_through("cooperation", scope)

    @property
    def number(self) -> str:
        """What the letter is filed under."""
        return f"{self.cooperation.public_id}-{self.year}-{self.version}"
