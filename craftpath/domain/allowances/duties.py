"""Duties of allowances: months that wait for a check, an approval or the payment, and questions for an answer."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.allowances.models import Question, Run
from craftpath.kernel.duties import Asked, columns, duty


@duty("allowances.check", subject="allowances.run")
def months_to_check(asked: Asked) -> models.QuerySet[Any]:
    """Computed months that nobody has checked."""
    rows = Run.objects.filter(state="computed")
    return columns(rows, subject="public_id", anchor="computed_at", place="organisation_id")


@duty("allowances.approve", subject="allowances.run")
def months_to_approve(asked: Asked) -> models.QuerySet[Any]:
    """Checked months that wait for somebody else's approval."""
    rows = Run.objects.filter(state="checked")
    return columns(rows, subject="public_id", anchor="checked_at", place="organisation_id")


@duty("allowances.pay", subject="allowances.run")
def months_to_pay(asked: Asked) -> models.QuerySet[Any]:
    """Approved months without a payment."""
    rows = Run.objects.filter(state="approved")
    return columns(rows, subject="public_id", anchor="approved_at", place="organisation_id")


@duty("allowances.question", subject="allowances.question")
def questions_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Questions about a line that nobody has answered."""
    rows = Question.objects.filter(state="asked")
    return columns(rows, subject="public_id", anchor="asked_at", place="line__run__organisation_id")
