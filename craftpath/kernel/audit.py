"""The history: one row for each fact, written with the change itself, never altered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import models

from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, selves
from craftpath.kernel.tenancy import Scope, Scoped, below


class AuditEntry(Scoped):
    """What was told: the fact's code and values, by whom, when, for which organisation."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    at = models.DateTimeField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    actor_kind = models.CharField(max_length=10)
    fact = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True, help_text="a Ref as text: noun/kind/public id")
    payload = models.JSONField(default=dict)

    class Meta:
        app_label = "kernel"
        indexes = [
            models.Index(fields=["organisation", "-at"], name="audit_by_organisation"),
            models.Index(fields=["subject", "-at"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.subject}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """What happened in one's organisations, or what one did oneself, under an earlier record too."""
        own = models.Q(person__in=selves(scope.person_id).values("pk"))
        return own | below(scope, "organisation")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since history is not rewritten."""
        if self.pk is not None:
            raise TypeError("an audit entry is never altered")
        super().save(*args, **kwargs)


class ToldThrough(models.Model):
    """By which token somebody came in who made a fact true; without a row it was a page, or the program itself."""

    # Parts of the history may be taken out whole, so no key is held to it.
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    client = models.ForeignKey("kernel.Client", on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.client_id}"


def told_through(entries: Iterable[AuditEntry]) -> dict[int, str]:
    """entry id → what the token is called through which it came; one query."""
    rows = ToldThrough.objects.filter(entry__in=[entry.pk for entry in entries])
    return dict(rows.values_list("entry_id", "client__name"))


NAMED = 5_000  # subjects in one question


def last_told(
    subjects: Collection[str], *, facts: Collection[str] = (), rooms: Collection[str] = ()
) -> dict[str, datetime]:
    """subject → when something was last told of it, whoever may read what; one of these facts, or of these rooms."""
    told = models.Q()
    for room in rooms:
        told |= models.Q(fact__startswith=f"{room}.")
    told |= models.Q(fact__in=facts) if facts else models.Q()
    wanted, found = sorted(subjects), dict[str, datetime]()
    for start in range(0, len(wanted), NAMED):
        rows = AuditEntry._base_manager.filter(told, subject__in=wanted[start : start + NAMED]).order_by()
        found |= dict(rows.values_list("subject").annotate(last=models.Max("at")))
    return found


def first_told() -> datetime | None:
    """The moment of the oldest entry: since then every change is told."""
    return AuditEntry._base_manager.order_by("at").values_list("at", flat=True).first()
