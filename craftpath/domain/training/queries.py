"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Sum

from craftpath.domain.training.models import HourLine


def lines_of(enrolment_id: int) -> models.QuerySet[HourLine]:
    """One apprentice's lines, the newest day first, reversals with the day that they take back."""
    return HourLine.objects.filter(enrolment=enrolment_id).select_related("posted_by").order_by("-on", "-pk")


def minutes_by_bucket(
    enrolment_ids: Iterable[int], first: date | None = None, last: date | None = None
) -> dict[int, dict[str, int]]:
    """enrolment id → bucket → minutes, reversals taken off, from `first` to `last` inclusive; one query."""
    rows = HourLine.objects.filter(enrolment__in=list(enrolment_ids)).order_by()
    if first is not None:
        rows = rows.filter(on__gte=first)
    if last is not None:
        rows = rows.filter(on__lte=last)
    found: dict[int, dict[str, int]] = {}
    for who, bucket, minutes in rows.values_list("enrolment_id", "bucket").annotate(minutes=Sum("minutes")):
        found.setdefault(who, {})[bucket] = minutes
    return found
