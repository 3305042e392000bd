"""Apprentices whoever asks: for what is true of somebody whoever looks, and for conditions of other tables."""

from __future__ import annotations

from django.db import models

from craftpath.domain.apprenticeships.models import Enrolment


def enrolments_everywhere() -> models.QuerySet[Enrolment]:
    """Every enrolment, by number."""
    return Enrolment._base_manager.select_related(
        "person", "enterprise", "cohort", "cohort__programme", "cohort__organisation"
    ).order_by("number", "pk")
