"""A look after one of its signs was acted on, set right or speaks again: only what was given weighs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from craftpath.domain.support.models import Look, Sign
from craftpath.domain.support.ruling import NEXT, WHOSE

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def hold_looks(which: Q) -> list[int]:
    """Keep others from looking at these, or acting on them, until the open transaction ends; the ids, in order."""
    rows = Look._base_manager.select_for_update(of=("self",), no_key=True).filter(which).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def order(reason: Sequence[Any]) -> tuple[int, bool]:
    """The heaviest first; of equals what the house alone puts right."""
    return -reason[2], WHOSE[reason[0]] != "house"


def weigh(enrolment: Enrolment) -> None:
    """Order its reasons anew; the figures stay as they were counted. The caller holds the enrolment."""
    look = Look._base_manager.filter(pk=enrolment.pk).first()
    if look is None:
        return
    signs = Sign._base_manager.filter(enrolment=enrolment, ended_at__isnull=True)
    known = {row.rule: row for row in signs}
    reasons = []
    for code, value, points in look.reasons:
        sign = known.get(code)
        if sign is not None and sign.state != "corrected":
            reasons.append([code, value, (points or sign.points) if sign.state == "given" else 0])
    reasons.sort(key=order)
    look.reasons, look.weight = reasons, sum(reason[2] for reason in reasons)
    look.next_act = NEXT[reasons[0][0]] if look.weight else ""
    look.save(update_fields=["reasons", "weight", "next_act"])
