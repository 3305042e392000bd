"""Duties of curricula: a version on which somebody was asked to vote."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.curricula.models import Reviewer, VersionReview
from craftpath.kernel.duties import Asked, columns, duty


@duty("curricula.vote", subject="curricula.review")
def votes_to_give(asked: Asked) -> models.QuerySet[Any]:
    """Votes that are still missing in open reviews."""
    open_ones = VersionReview.objects.filter(state="open").order_by().values("pk")
    return columns(
        Reviewer.objects.filter(review__in=open_ones, vote=""),
        subject="review__public_id",
        anchor="review__due_on",
        place="organisation_id",
        who="person_id",
    )
