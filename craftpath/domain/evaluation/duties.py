"""Duties of evaluation: contests to answer, results to decide."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.evaluation.models import Contest, Result
from craftpath.domain.evaluation.states import CONTEST
from craftpath.kernel.duties import Asked, columns, duty, first_of


@duty("evaluation.contest", subject="evaluation.contest")
def contests_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Contests that nobody has answered; their last day comes from the scheme that judged."""
    return columns(
        Contest.objects.filter(state=CONTEST.start),
        subject="public_id",
        anchor="due_on",
        place="version__evaluation__cohort__organisation_id",
    )


@duty("evaluation.results", subject="evaluation.evaluation")
def results_to_decide(asked: Asked) -> models.QuerySet[Any]:
    """Evaluations with complete results that nobody has decided, from the oldest of these on."""
    return first_of(
        Result.objects.filter(complete=True, decided=None),
        subject="evaluation__public_id",
        anchor="computed_at",
        place="evaluation__cohort__organisation_id",
    )
