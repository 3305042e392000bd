"""Duties of exams: questions to judge in an open round of a standard setting, by its last day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Subquery

from craftpath.domain.exams.models import Estimate, Judge, PaperLine, Round
from craftpath.kernel.duties import Asked, columns, duty


@duty("exams.estimate", subject="exams.study")
def questions_to_judge(asked: Asked) -> models.QuerySet[Any]:
    """Judges of open rounds who have not given a value for every question yet; one line each."""
    now = Round._base_manager.filter(study=OuterRef("study"), closed_at__isnull=True)
    given = Estimate._base_manager.filter(
        line=OuterRef("pk"), judge=OuterRef(OuterRef("pk")), round__closed_at__isnull=True
    )
    left = PaperLine.objects.filter(~Exists(given), paper=OuterRef("study__paper"))
    rows = Judge.objects.filter(Exists(left), excused_at__isnull=True, study__state="open")
    return columns(
        rows,
        subject="study__public_id",
        anchor=Subquery(now.values("due_on")[:1]),
        place="study__organisation_id",
        who="person_id",
    )
