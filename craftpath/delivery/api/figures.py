"""Indicators: what there is, and their figures, suppressed as on every page."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import needs, place
from craftpath.delivery.api.kinds import Asked, Line, Said, Shape, said
from craftpath.delivery.api.room import Room
from craftpath.domain.insight.queries import DIMENSIONS, Row, figures, made_at
from craftpath.engines.indicators import CATALOGUE, by_key
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission

room = Room("figures", Area.FIGURES)


class Indicator(Shape):
    """One definition."""

    key: str
    group: str
    name: Said
    text: Said = Field(description="what it counts, and what it leaves out")
    unit: str
    floor: int = Field(description="fewer people than this are not shown")


class Indicators(Shape):
    """All of them, in the order of the catalogue."""

    items: list[Indicator]
    dimensions: list[str]


class Figure(Shape):
    """One figure with n. `value` is null together with the reason `why`; a suppressed one has no n either."""

    dims: dict[str, str]
    n: int | None
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    suppressed: bool
    why: str


class Figures(Shape):
    """The figures of one indicator."""

    key: str
    as_of: datetime | None = Field(description="since when they say what the record says")
    items: list[Figure]


class FiguresAsked(Asked):
    """Grouped by what, and of what only."""

    by: Literal["period", "place", "stage", "occupation", "enterprise"] | None = Field(
        "period", description="one row for each of its values"
    )
    period: Line | None = Field(None, description="such as 2026-Q3")
    place: Line | None = None
    stage: Line | None = None
    occupation: Line | None = None
    enterprise: Line | None = None


@room.read("/figures", Indicators)
def list_indicators(request: HttpRequest) -> Indicators:
    """What is counted, with definitions."""
    needs(request, Permission.SEE_FIGURES)
    items = [
        Indicator(
            key=one.key,
            group=one.group.value,
            name=said(one.name),
            text=said(one.text),
            unit=one.unit.value,
            floor=one.floor,
        )
        for one in CATALOGUE
    ]
    return Indicators(items=items, dimensions=list(DIMENSIONS))


@room.read("/figures/{indicator}", Figures, one=True)
def read_figures(request: HttpRequest, indicator: str, asked: Query[FiguresAsked]) -> Any:
    """The figures of one indicator at the organisation and below it. Small groups are not shown."""
    needs(request, Permission.SEE_FIGURES)
    try:
        by_key(indicator)
    except KeyError:
        raise Http404 from None
    where = {name: value for name in DIMENSIONS if (value := getattr(asked, name, None)) is not None}
    by = [asked.by] if asked.by is not None else []
    rows = figures([indicator], by, where, of=place(request))
    return {"key": indicator, "as_of": made_at(of=place(request)), "items": [_figure(row) for row in rows]}


def _figure(row: Row) -> Figure:
    return Figure(
        dims=dict(row.dims),
        n=row.n,
        value=row.value,
        low=row.low,
        high=row.high,
        suppressed=row.suppressed,
        why=row.why,
    )
