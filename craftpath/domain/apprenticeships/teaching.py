"""Who works with which class today, each once: for rosters."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty


def who_teaches() -> models.QuerySet[Any, tuple[str, int, str]]:
    """(cohort's public id, person's id, role), each once: who works today with an apprentice that the reader sees."""
    seen = Enrolment.objects.filter(state__in=("active", "suspended")).order_by().values("pk")
    rows = EnrolmentParty.objects.filter(enrolment__in=seen, ends_on__isnull=True)
    return rows.order_by().values_list("enrolment__cohort__public_id", "person_id", "role").distinct()
