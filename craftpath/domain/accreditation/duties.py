"""Duties of the register: registrations and applications to look at, places that run out."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.accreditation.models import PlaceApplication, Registration, TrainingPlace
from craftpath.domain.accreditation.states import WAITING
from craftpath.kernel.duties import Asked, columns, duty


@duty("accreditation.registration", subject="accreditation.registration")
def registrations_to_decide(asked: Asked) -> models.QuerySet[Any]:
    """What was submitted, until it is decided or given back; of the city that keeps the register."""
    rows = Registration.objects.filter(state__in=WAITING, submitted_at__isnull=False)
    return columns(rows, subject="public_id", anchor="submitted_at", place="authority_id")


@duty("accreditation.application", subject="accreditation.application")
def applications_to_decide(asked: Asked) -> models.QuerySet[Any]:
    """What enterprises have asked for, until it is decided; of the city that keeps the register."""
    rows = PlaceApplication.objects.filter(state="asked")
    return columns(rows, subject="public_id", anchor="made_at", place="authority_id")


@duty("accreditation.place_ends", subject="accreditation.place")
def places_that_run_out(asked: Asked) -> models.QuerySet[Any]:
    """Places by their last day; the enterprise is asked, and the city above it with it."""
    rows = TrainingPlace.objects.exclude(state="ended")
    return columns(rows, subject="public_id", anchor="valid_until", place="organisation_id")
