"""Taking in the figures of a roll-up: whole or not at all, and each file once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from craftpath.domain.insight import rules
from craftpath.domain.insight.facts import RollupTaken
from craftpath.domain.insight.models import Rollup, RollupFigure
from craftpath.domain.insight.publishing import hold
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

Figure = tuple[str, str, str, str, str, str, int | None, Decimal | None, bool]
"""Indicator, the five dimensions ("" is summed over), n, value, suppressed."""


@dataclass(frozen=True, slots=True)
class RollupSaid:
    """A roll-up as it was read; `digest` is that of the file of figures."""

    source: str
    made_at: datetime
    digest: str
    figures: Sequence[Figure]
    engine: str = ""
    cities: int | None = None
    report: Mapping[str, Any] = field(default_factory=dict)


@action
def take_rollup(organisation: Organisation, said: RollupSaid, *, by: Actor, at: datetime) -> Rollup:
    """Keep its figures; the newest roll-up is what the national view shows."""
    require(rules.may_hand_over(by, organisation))
    require(rules.can_take(said.source, said.made_at, len(said.figures), at))
    hold(organisation)
    if Rollup._base_manager.filter(organisation=organisation, digest=said.digest).exists():
        raise Refused(not_now("insight.taken_already"))
    row = Rollup(
        organisation=organisation,
        source=said.source.strip(),
        engine=said.engine,
        made_at=said.made_at,
        cities=said.cities,
        report=dict(said.report),
        digest=said.digest,
        figures=len(said.figures),
        taken_by=by.person,
        taken_at=at,
    )
    row.save()
    RollupFigure.objects.bulk_create(
        (
            RollupFigure(
                rollup=row, indicator=key, place=place, stage=stage, occupation=occupation, enterprise=enterprise,
                period=period, n=n, value=value, suppressed=suppressed,
            )
            for key, place, stage, occupation, enterprise, period, n, value, suppressed in said.figures
        ),
        batch_size=1_000,
    )  # fmt: skip
    told = RollupTaken(row.source, row.engine, row.figures)
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row
