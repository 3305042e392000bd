"""How many requests of a minute the processes of a site have drawn for a token."""

from __future__ import annotations

from typing import ClassVar

from django.db import models, transaction

from craftpath.kernel.clients import Client


class ClientBudget(models.Model):
    """One row a token: the minute (since 1970) that was drawn from last, and how much of it."""

    client = models.OneToOneField(Client, on_delete=models.PROTECT, primary_key=True, related_name="+")
    minute = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[ClientBudget]] = models.Manager()

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return f"{self.client_id} {self.minute}: {self.drawn}"


def draw(client: Client, minute: int, portion: int, limit: int) -> tuple[int, int]:
    """Take a portion of a minute for oneself: how many one gets, and how many are left for others then."""
    with transaction.atomic():
        ClientBudget.objects.get_or_create(client=client, defaults={"minute": minute, "drawn": 0})
        row = ClientBudget.objects.select_for_update(of=("self",)).get(client=client)
        if row.minute < minute:
            row.minute, row.drawn = minute, 0
        got = min(portion, max(0, limit - row.drawn))
        row.drawn += got
        row.save(update_fields=["minute", "drawn"])
    return got, max(0, limit - row.drawn)
