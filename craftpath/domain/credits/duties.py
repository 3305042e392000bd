"""Duties of credits: what an institution is to answer, and what it has answered, for whoever asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from craftpath.domain.credits.models import Request
from craftpath.kernel.duties import Asked, columns, duty

ANSWERED = ("accepted", "partly", "rejected", "posted", "reversed")
A_WEEK = timedelta(days=7)
"""How long an answer stands among the lines of whoever asked; the request itself stays in the account."""


@duty("credits.check", subject="credits.request")
def requests_to_check(asked: Asked) -> models.QuerySet[Any]:
    """Nobody has looked at them yet."""
    return _of_office(Request.objects.filter(state="submitted"))


@duty("credits.decide", subject="credits.request")
def requests_to_decide(asked: Asked) -> models.QuerySet[Any]:
    """They are checked, or decided and not in the ledger yet."""
    return _of_office(Request.objects.filter(state__in=("checked", "accepted", "partly")))


@duty("credits.answered", subject="credits.request")
def answers_to_read(asked: Asked) -> models.QuerySet[Any]:
    """What was accepted, rejected, posted or reversed in the last week, for whoever asked."""
    rows = Request.objects.annotate(answered=Coalesce("reversed_at", "posted_at", "decided_at"))
    rows = rows.filter(state__in=ANSWERED, answered__gt=asked.at - A_WEEK, answered__lte=asked.at)
    return columns(
        rows, subject="public_id", anchor="answered", place="organisation_id", who="account__person_id"
    )


def _of_office(rows: models.QuerySet[Request]) -> models.QuerySet[Any]:
    return columns(rows, subject="public_id", anchor="asked_at", place="organisation_id")
