"""Apprentices whoever asks: for what is true of somebody whoever looks, and for conditions of other tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel.organisations import Organisation


def enrolments_everywhere() -> models.QuerySet[Enrolment]:
    """Every enrolment, by number."""
    return Enrolment._base_manager.select_related(
        "person", "enterprise", "cohort", "cohort__programme", "cohort__organisation"
    ).order_by("number", "pk")


def running_of(people: Iterable[int], organisation: Organisation) -> dict[int, int]:
    """person → the running enrolment (its id) at an organisation or below it, the newest of several; whoever asks."""
    rows = Enrolment._base_manager.filter(
        person__in=set(people), state="active", cohort__organisation__in=organisation.below()
    )
    return dict(rows.order_by("starts_on", "pk").values_list("person_id", "pk"))
