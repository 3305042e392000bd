"""Decided results in bulk, for whoever pays or counts by them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from craftpath.domain.evaluation.models import Result, ResultVersion


def decided_totals(enrolments: models.QuerySet[Any, Any], before: date) -> dict[int, Decimal]:
    """enrolment id → the total in force of the stage that was decided last before a day; one query, whoever asks.

    A correction made later is in force for the earlier day too: what was decided wrongly is not paid on.
    """
    rows = ResultVersion._base_manager.filter(
        enrolment__in=enrolments, number=1, decision__made_at__date__lt=before
    )
    now = Result._base_manager.filter(
        evaluation=models.OuterRef("evaluation"), enrolment=models.OuterRef("enrolment")
    )
    told = rows.annotate(total_now=models.Subquery(now.values("decided__total")[:1]))
    found: dict[int, Decimal] = {}
    ordered = told.order_by("enrolment_id", "decision__made_at", "pk")
    for enrolment, total in ordered.values_list("enrolment_id", "total_now"):
        if total is not None:
            found[enrolment] = total
    return found
