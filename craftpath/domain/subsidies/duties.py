"""Duties of subsidy files: what waits for the authority or the claimant, papers asked for, findings, refunds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from craftpath.domain.subsidies.models import Finding, PaperAsk, SubsidyFile
from craftpath.kernel.duties import Asked, Row, columns, duty


def _in(*states: str) -> models.QuerySet[SubsidyFile]:
    return SubsidyFile.objects.filter(state__in=states)


@duty("subsidies.check", subject="subsidies.file")
def files_to_check(asked: Asked) -> models.QuerySet[Any]:
    """Plans and claims that the authority has to look at."""
    return columns(_in("filed", "claimed"), subject="public_id", anchor="since", place="authority_id")


@duty("subsidies.settle", subject="subsidies.file")
def notices_that_end(asked: Asked) -> models.QuerySet[Any]:
    """Claims whose public notice ends: they are settled after it."""
    return columns(_in("noticed"), subject="public_id", anchor="notice_ends_on", place="authority_id")


@duty("subsidies.mend", subject="subsidies.file")
def files_returned(asked: Asked) -> models.QuerySet[Any]:
    """Plans and claims that were returned to the enterprise."""
    rows = _in("returned", "claim_returned")
    return columns(rows, subject="public_id", anchor="since", place="organisation_id")


@duty("subsidies.refund", subject="subsidies.file")
def refunds_due(asked: Asked) -> models.QuerySet[Any]:
    """What an enterprise has to give back, by its day."""
    return columns(_in("refund_due"), subject="public_id", anchor="refund_by", place="organisation_id")


@duty("subsidies.paper", subject="subsidies.ask")
def papers_asked(asked: Asked) -> Iterator[Row]:
    """Papers that somebody is asked for. One query."""
    rows = PaperAsk.objects.filter(settled_at__isnull=True).order_by("pk")
    told = rows.values_list("public_id", "asked_at", "place_id", "person_id")
    for public_id, asked_at, place, person in told:
        if asked.people is None or asked.people[0] < person <= asked.people[1]:
            yield public_id, asked_at, place, person


@duty("subsidies.finding", subject="subsidies.finding")
def findings_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Findings that the enterprise has not answered."""
    rows = Finding.objects.filter(state="open")
    return columns(rows, subject="public_id", anchor="found_at", place="audit__file__organisation_id")
