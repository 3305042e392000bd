"""Duties of bulletins: what waits for a second person, and what waits for whoever is quoted."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.bulletins.models import Bulletin, Voice
from craftpath.kernel.duties import Asked, columns, duty


@duty("bulletins.review", subject="bulletins.bulletin")
def bulletins_to_review(asked: Asked) -> models.QuerySet[Any]:
    """Bulletins that were handed in."""
    rows = Bulletin.objects.filter(state="review", handed_at__isnull=False)
    return columns(rows, subject="public_id", anchor="handed_at", place="organisation_id")


@duty("bulletins.voice", subject="bulletins.voice")
def voices_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Quotes that wait for the word of whoever said them."""
    rows = Voice.objects.filter(state="asked", person__isnull=False, asked_at__isnull=False)
    return columns(
        rows, subject="public_id", anchor="asked_at", place="bulletin__organisation_id", who="person_id"
    )
