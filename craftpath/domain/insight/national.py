"""What was handed over and what was taken in, as pages read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import Q

from craftpath.domain.insight.adding import ALL
from craftpath.domain.insight.answers import NationalFigure, Rolled
from craftpath.domain.insight.models import County, Handover, Rollup, RollupFigure
from craftpath.engines.indicators import DIMENSIONS, by_key
from craftpath.kernel.organisations import Organisation


def rollups(*, of: Organisation) -> list[Rolled]:
    """Those that an organisation took in, the newest first."""
    return [
        Rolled(
            row.public_id,
            row.source,
            row.engine,
            row.made_at,
            row.taken_at,
            row.figures,
            row.cities,
            row.report,
        )
        for row in Rollup.objects.filter(organisation=of)
    ]


def taken_rollups() -> models.QuerySet[Rollup]:
    """Those of the open scope."""
    return Rollup.objects.all()


def national(
    keys: Iterable[str],
    by: Iterable[str] = ("period",),
    where: Mapping[str, str] | None = None,
    *,
    of: Organisation,
) -> list[NationalFigure]:
    """Figures of the newest roll-up, in the order of their values; [] where none was taken in. Two questions."""
    newest = Rollup.objects.filter(organisation=of).first()
    given = dict(where or {})
    grouping = tuple(name for name in DIMENSIONS if name in {*by, *given})
    if newest is None or {*by, *given} - set(DIMENSIONS):
        return []
    wanted = Q(rollup=newest, indicator__in=list(keys))
    for name in DIMENSIONS:
        if name in given:
            wanted &= Q(**{name: given[name]})
        else:
            wanted &= ~Q(**{name: ALL}) if name in grouping else Q(**{name: ALL})
    rows = RollupFigure.objects.filter(wanted).order_by("indicator", *grouping)
    return [
        NationalFigure(
            row.indicator,
            {name: getattr(row, name) for name in grouping},
            row.n,
            None if row.value is None else round(row.value, by_key(row.indicator).places),
            row.suppressed,
        )
        for row in rows
    ]


def county_of(organisation: Organisation) -> County | None:
    """What somebody said of where it lies, itself."""
    return County.objects.filter(organisation=organisation).first()


def handovers() -> models.QuerySet[Handover]:
    """Those of the open scope, the newest first."""
    return Handover.objects.select_related("organisation", "asked_by", "kept")
