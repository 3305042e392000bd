"""Logs as counted by those above: whoever asks says whose, and has looked at who may."""

from __future__ import annotations

from django.db import models

from craftpath.domain.logbook.models import Entry, Remark, Talk


def every_entry() -> models.QuerySet[Entry]:
    """All entries, whoever asks."""
    return Entry._base_manager.order_by("pk")


def every_remark() -> models.QuerySet[Remark]:
    """All remarks in the order in which they were said."""
    return Remark.objects.order_by("at", "pk")


def every_talk() -> models.QuerySet[Talk]:
    """All talks, whoever asks."""
    return Talk._base_manager.order_by("pk")
