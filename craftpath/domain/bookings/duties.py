"""Duties of those who lend: bookings to answer, and times of which nobody has said whether they were used."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.bookings.models import Booking
from craftpath.kernel.duties import Asked, columns, duty

BOOKING = "bookings.booking"


@duty("bookings.answer", subject=BOOKING)
def to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Asked, and not answered."""
    rows = _of(asked, Booking.objects.filter(state="asked"))
    return columns(rows, subject="public_id", anchor="asked_at", place="thing__organisation_id")


@duty("bookings.used", subject=BOOKING)
def to_tell(asked: Asked) -> models.QuerySet[Any]:
    """Over, and nobody has said how it was."""
    rows = _of(asked, Booking.objects.filter(state="booked", ends_at__lte=asked.at))
    return columns(rows, subject="public_id", anchor="ends_at", place="thing__organisation_id")


def _of(asked: Asked, rows: models.QuerySet[Booking]) -> models.QuerySet[Booking]:
    """Those of the owner: whoever books sees them too, and has nothing to answer."""
    if asked.within is None:
        return rows
    return rows.filter(thing__organisation__path__startswith=asked.within.path)
