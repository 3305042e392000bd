"""Receipts: a write that a device has named is done once, however often and however late it arrives.

A page without a network cannot know whether its write came through, so it names each write (a UUID) and sends it until
there is an answer. The receipt stands in the transaction of the write itself: there is never one without the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q

from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person


class Receipt(models.Model):
    """What became of one write that a person's device or a program of nobody's has named; `outcome` is the answer."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    client = models.ForeignKey(
        "kernel.Client", on_delete=models.PROTECT, null=True, related_name="+", help_text="a service token"
    )
    key = models.UUIDField()
    kind = models.CharField(max_length=40)
    outcome = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Receipt]] = models.Manager()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="receipt_once"),
            models.UniqueConstraint(fields=["client", "key"], name="receipt_once_of_a_program"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, client__isnull=True)
                | Q(person__isnull=True, client__isnull=False),
                name="receipt_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


@dataclass(frozen=True)
class Receipted:
    """The outcome of a write, and whether it was done just now or had been done before."""

    outcome: dict[str, Any]
    again: bool


def once(key: Any, kind: str, do: Callable[[], dict[str, Any]], *, by: Actor, at: datetime) -> Receipted:
    """Do it unless this person's device, or this program, has named it before; then give what it came to.

    A refusal leaves no receipt: what is refused now may be sent again. Two arrivals at once stand in line at the
    receipt's own row, so the second finds the first one's outcome.
    """
    whose: dict[str, Any] = {"person": by.person} if by.person is not None else {"client_id": by.client}
    with transaction.atomic():
        row = Receipt(**whose, key=key, kind=kind, at=at)
        Receipt.objects.bulk_create([row], ignore_conflicts=True)
        kept = Receipt.objects.select_for_update(of=("self",)).get(**whose, key=key)
        if kept.outcome:
            return Receipted(kept.outcome, again=True)
        kept.outcome = do()
        kept.save(update_fields=["outcome"])
        return Receipted(kept.outcome, again=False)
