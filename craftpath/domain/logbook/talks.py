"""Which entry of a month the two-minute talk is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import models
from django.utils.crypto import salted_hmac

from craftpath.domain.logbook.models import Entry

DRAW = "craftpath.logbook.talk"


def drawn(entries: Sequence[Entry], month: date) -> Entry:
    """Which of a past month's entries the talk is about.

    The draw is by a keyed hash: the site can repeat it, and neither apprentice nor mentor can choose or foresee it.
    """
    return min(entries, key=lambda row: salted_hmac(DRAW, f"{month:%Y-%m}/{row.public_id}").digest())


def drawable(month: date) -> models.QuerySet[Entry]:
    """The entries of a month that a talk may be about."""
    return Entry.objects.filter(
        on__gte=month, on__lt=next_month(month), state__in=("submitted", "confirmed"), corrects__isnull=True
    )


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
