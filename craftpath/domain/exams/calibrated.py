"""What is known of questions from sittings whose figures were kept: the newest of each, and which scale counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from craftpath.domain.exams.models import Calibration, Item, ItemCalibration

LEAST_OBSERVED = 20
"""Candidates from which on figures are kept: with fewer a share of 0.65 may as well be one of 0.45 or 0.85."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Figures of one version that were kept; `a` and `b` on `scale`, or None where no model was fitted to it."""

    n: int
    p: float
    r: float | None
    a: float | None
    b: float | None
    scale: str
    model: str
    at: datetime


def calibrations() -> models.QuerySet[Calibration]:
    """All that the reader sees."""
    return Calibration.objects.all()


def kept_of(versions: Any) -> dict[int, list[Kept]]:
    """Version id → its figures, the newest first; one query. `versions` are ids or a query of them."""
    rows = ItemCalibration.objects.filter(version__in=versions).order_by("-calibration__kept_at", "-pk")
    told = rows.values_list(
        "version", "n", "p", "r", "a", "b", "calibration__scale", "calibration__model", "calibration__kept_at"
    )
    found: dict[int, list[Kept]] = {}
    for version, n, p, r, a, b, scale, model, at in told:
        found.setdefault(version, []).append(Kept(n, p, r, a, b, scale, model, at))
    return found


def curve_on(kept: Sequence[Kept], scale: str, model: str = "") -> tuple[float, float] | None:
    """(a, b) by the newest figures on a scale, if there are any."""
    for one in kept:
        if one.scale == scale and one.a is not None and one.b is not None and model in ("", one.model):
            return one.a, one.b
    return None


def largest_scale(kept: dict[int, list[Kept]]) -> str:
    """The scale that most of these versions stand on; of equal ones the first by name; none: nothing."""
    count = Counter(
        scale
        for rows in kept.values()
        for scale in {one.scale for one in rows if one.a is not None and one.scale}
    )
    return min(count, key=lambda scale: (-count[scale], scale), default="")


def begun(scale: str) -> Calibration | None:
    """The calibration that began a scale, if the reader sees it; one query."""
    rows = Calibration.objects.select_related("paper")
    return rows.filter(public_id=scale).first() if scale else None


def calibration_by(digest: str) -> Calibration | None:
    """The figures that were kept under this digest; one query."""
    return Calibration.objects.select_related("kept_by", "paper").filter(digest=digest).first()


def history_of(item: Item, most: int = 6) -> list[ItemCalibration]:
    """What was kept of all versions of an item, the newest first; one query."""
    rows = ItemCalibration.objects.filter(version__item=item)
    rows = rows.select_related("version", "calibration__paper", "calibration__kept_by")
    return list(rows.order_by("-calibration__kept_at", "-pk")[:most])
