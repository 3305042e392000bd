"""Reading confirmed acts: those of one apprentice, and how many each of a cohort has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import each_within
from craftpath.domain.participation.models import ConfirmedAct

if TYPE_CHECKING:
    from django.db import models

Windows = Mapping[int, tuple[date, date]]
"""enrolment id → the first and the last day that count."""


def acts() -> models.QuerySet[ConfirmedAct]:
    """What stands, as far as the reader sees it, the newest first."""
    return ConfirmedAct.objects.filter(withdrawn_at=None).select_related("confirmed_by", "enrolment__person")


def acts_of(enrolment_id: int, window: tuple[date, date]) -> models.QuerySet[ConfirmedAct]:
    """What stands of one apprentice between two days, the newest first."""
    return acts().filter(enrolment=enrolment_id, on__range=window)


def numbers(windows: Windows) -> dict[int, int]:
    """enrolment id → how many acts stand within its days; one query however many people."""
    rows = ConfirmedAct._base_manager.filter(each_within(windows, "on"), withdrawn_at=None)
    return Counter(rows.order_by().values_list("enrolment_id", flat=True))


def whose(acts: Collection[str]) -> set[int]:
    """The enrolments that acts (public ids) belong to; one query."""
    rows = ConfirmedAct._base_manager.filter(public_id__in=list(acts))
    return set(rows.values_list("enrolment_id", flat=True))
