"""Duties of the service desk: requests to answer, outcomes to judge."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.offers.models import DeskRequest
from craftpath.kernel.duties import Asked, columns, duty


@duty("offers.answer", subject="offers.request")
def requests_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """What nobody has answered, by the day that the city promised; its desk is asked."""
    rows = DeskRequest.objects.filter(state="open")
    return columns(rows, subject="public_id", anchor="promised_on", place="authority_id")


@duty("offers.judge", subject="offers.request")
def outcomes_to_judge(asked: Asked) -> models.QuerySet[Any]:
    """What is done, and of which nobody has said whether it was good; whoever asked is asked."""
    rows = DeskRequest.objects.filter(state="done", stars__isnull=True, ask_on__isnull=False)
    return columns(rows, subject="public_id", anchor="ask_on", place="organisation_id", who="made_by_id")
