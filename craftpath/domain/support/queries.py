"""Reading who may need a word and why, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.support.models import Look


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds: its code, the figure that it rests on (weeks, days, percent, tenths of a point), its points."""

    code: str
    value: int
    points: int


@dataclass(frozen=True, slots=True)
class Need:
    """How much one apprenticeship asks for somebody's time: `weight` 0 is nobody's business.

    `next_act` is the code of what can be done next, "" for nothing (texts.NEXT_ACTS says it in words). `share` is the
    model's figure per mille where the college uses one, else None.
    """

    enrolment: int
    weight: int
    reasons: tuple[Reason, ...]
    next_act: str
    share: int | None
    looked_at: datetime


def need_of(enrolments: Iterable[int]) -> dict[int, Need]:
    """enrolment id → its need, of those in the open scope at which anybody has looked; one query however many.

    Whoever shows it asks `rules.may_see` (or `rules.may_see_all`) first: the scope is wider than that.
    """
    rows = Look.objects.filter(pk__in=list(enrolments)).order_by()
    told = rows.values_list("pk", "weight", "reasons", "next_act", "share", "looked_at")
    return {
        pk: Need(pk, weight, tuple(Reason(*one) for one in reasons), act, share, looked_at)
        for pk, weight, reasons, act, share, looked_at in told
    }
