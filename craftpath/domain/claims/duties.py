"""Duties of claims: what an office is to answer, what waits for whoever claims, what ends soon."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.domain.certificates.duties import told_today
from craftpath.domain.claims.models import Claim
from craftpath.kernel.duties import Asked, columns, duty


@duty("claims.answer", subject="claims.claim")
def claims_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """What waits for the office."""
    rows = Claim.objects.filter(state="claimed")
    return columns(rows, subject="public_id", anchor="claimed_at", place="organisation_id")


@duty("claims.returned", subject="claims.claim")
def claims_to_put_right(asked: Asked) -> models.QuerySet[Any]:
    """What was given back, for whoever claims."""
    return _own(Claim.objects.filter(state="returned", decided_at__isnull=False), "decided_at")


@duty("claims.read", subject="claims.claim")
def decisions_to_read(asked: Asked) -> models.QuerySet[Any]:
    """What was verified, refused or taken back, until whoever claims has read it."""
    rows = Claim.objects.filter(state__in=("verified", "refused", "revoked"))
    return _own(rows.filter(decided_at__isnull=False, told_at__isnull=True), "decided_at")


@duty("claims.expires", subject="claims.claim")
def certificates_that_end(asked: Asked) -> models.QuerySet[Any]:
    """Verified ones whose last day is about to come, as often as of certificates of this site."""
    return _own(Claim.objects.filter(told_today(asked.today), state="verified"), "valid_until")


def _own(rows: models.QuerySet[Claim], anchor: str) -> models.QuerySet[Any]:
    return columns(rows, subject="public_id", anchor=anchor, place="organisation_id", who="person_id")
