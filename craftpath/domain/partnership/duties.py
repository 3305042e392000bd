"""Duties of partnerships: what a side has promised, and what waits for another side's word."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef

from craftpath.domain.partnership.models import Contribution, RuleAgreement, RuleBook, SideDuty
from craftpath.kernel.duties import Asked, columns, duty

COOPERATION = "partnership.cooperation"


@duty("partnership.side", subject=COOPERATION)
def promised(asked: Asked) -> models.QuerySet[Any]:
    """Duties with a day, of the office of the side that took them on."""
    rows = SideDuty.objects.filter(side__cooperation__state="in_force", due_on__isnull=False)
    return columns(
        rows, subject="side__cooperation__public_id", anchor="due_on", place="side__organisation_id"
    )


def _asked_of_others(rows: models.QuerySet[Any], way: str, asked: Asked) -> models.QuerySet[Any]:
    """A row for each side of the cooperation, with the side's id and place; of the places that are asked for only."""
    told: models.QuerySet[Any] = rows.annotate(
        other=F(f"{way}__sides"),
        other_place=F(f"{way}__sides__organisation"),
        other_path=F(f"{way}__sides__organisation__path"),
    )
    return told.filter(other_path__startswith=asked.within.path) if asked.within else told


@duty("partnership.contribution", subject=COOPERATION)
def to_confirm(asked: Asked) -> models.QuerySet[Any]:
    """What another side gave and nobody has confirmed: each of the other sides is asked."""
    rows = Contribution.objects.filter(state="waiting", side__cooperation__state="in_force")
    rows = _asked_of_others(rows, "side__cooperation", asked).exclude(other=F("side"))
    return columns(rows, subject="side__cooperation__public_id", anchor="made_at", place="other_place")


@duty("partnership.questioned", subject=COOPERATION)
def to_explain(asked: Asked) -> models.QuerySet[Any]:
    """What the own side gave and another questions."""
    rows = Contribution.objects.filter(state="questioned")
    return columns(
        rows, subject="side__cooperation__public_id", anchor="looked_at", place="side__organisation_id"
    )


@duty("partnership.rules", subject=COOPERATION)
def to_agree(asked: Asked) -> models.QuerySet[Any]:
    """Versions of the valuation rule to which the side has not agreed."""
    rows = RuleBook.objects.filter(agreed_at__isnull=True, cooperation__state="in_force")
    agreed = RuleAgreement.objects.filter(side=OuterRef("other"), book=OuterRef("pk"))
    rows = _asked_of_others(rows, "cooperation", asked).filter(~Exists(agreed))
    return columns(rows, subject="cooperation__public_id", anchor="made_at", place="other_place")
