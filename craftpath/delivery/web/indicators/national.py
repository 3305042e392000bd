"""The view of the nation: figures of a lake that were taken in, cities beside one another, and how they were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.components.charting import Bar, Series, bar_table, bars, lines
from craftpath.delivery.web.components.tabled import Table, listing_of
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.asking import GROUPS, offered
from craftpath.delivery.web.indicators.defining import definition
from craftpath.delivery.web.indicators.places import READERS, tabs
from craftpath.delivery.web.shell.lists import exported, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.insight import queries
from craftpath.engines.indicators import CATALOGUE
from craftpath.figures.wilson import wilson

if TYPE_CHECKING:
    from craftpath.engines.indicators import Indicator
    from craftpath.kernel.organisations import Organisation

FIRST = "contract_completion"
MOST_GROUPS = 60


@dataclass(frozen=True, slots=True)
class Nation:
    """One indicator of the newest roll-up: groups of a quarter, all of them, and all over time."""

    indicator: Indicator
    by: str
    period: str
    periods: Sequence[str]
    groups: Sequence[Bar]
    whole: Bar
    over_time: Series

    @property
    def table(self) -> Table:
        """Groups and the whole."""
        return bar_table(
            [*self.groups, self.whole], of=str(saying.DIMENSIONS[self.by]), unit=saying.unit(self.indicator)
        )


def nation(
    indicator: Indicator, by: str, period: str, *, of: Organisation, names: Mapping[str, str]
) -> Nation:
    """Over time, and groups of a quarter, or of all quarters together, with the whole."""
    rows = {row.dims.get("period", ""): row for row in queries.national([indicator.key], ("period",), of=of)}
    periods = sorted(one for one in rows if one)
    chosen = period if period in periods else ""
    told = [rows[chosen]] if chosen else queries.national([indicator.key], (), of=of)
    whole = _bar(indicator, told[0] if told else None, saying.whole())
    groups = []
    where = {"period": chosen} if chosen else {}
    for row in queries.national([indicator.key], (by,), where, of=of):
        value = row.dims.get(by, "")
        one = _bar(indicator, row, names.get(value, value), key=value)
        way = saying.apart(one, whole)
        groups.append(replace(one, out=way, tone=saying.tone(indicator, way)))
    down = indicator.better.value == "down"
    groups.sort(
        key=lambda one: (
            one.value is None,
            (one.value if down else -one.value) if one.value is not None else 0,
            one.label,
        )
    )
    time = Series(saying.name(indicator), tuple(_bar(indicator, rows[one], one) for one in periods))
    return Nation(indicator, by, chosen, list(reversed(periods)), groups, whole, time)


def _bar(indicator: Indicator, row: queries.NationalFigure | None, label: str, *, key: str = "") -> Bar:
    if row is None or row.value is None:
        hidden = row is not None and row.suppressed
        return Bar(
            label,
            None,
            None if hidden or row is None else row.n,
            why=saying.hidden("insight.too_few" if hidden else "insight.empty"),
            key=key,
        )
    low, high = _bounds(indicator, row)
    value, low, high = (saying.shown(indicator, one) for one in (row.value, low, high))
    return Bar(label, value, row.n, low, high, key=key)


def _bounds(indicator: Indicator, row: queries.NationalFigure) -> tuple[Decimal | None, Decimal | None]:
    """The interval of a share by Wilson, from what the file says: the share and of how many."""
    if not indicator.interval or indicator.base != indicator.n or not row.n or row.value is None:
        return None, None
    low, high = wilson([float(row.value) * row.n], [row.n])
    return Decimal(str(round(float(low[0]), 4))), Decimal(str(round(float(high[0]), 4)))


def _fault(told: Mapping[str, str]) -> str:
    """A fault as the report tells it, in the words of the engine."""
    return " · ".join(
        one
        for one in (told.get("city", ""), told.get("file", ""), told.get("reason") or told.get("code", ""))
        if one
    )


def _wished(request: Request) -> tuple[Indicator, str, str]:
    by_key = {one.key: one for one in CATALOGUE}
    indicator = by_key.get(request.GET.get("of", "")) or by_key.get(FIRST) or CATALOGUE[0]
    by = request.GET.get("by", "")
    return indicator, by if by in GROUPS else "place", request.GET.get("period", "")


def _names(request: Request, by: str) -> Mapping[str, str]:
    """Names that this site knows; of other cities it knows the code."""
    found = offered(queries.choices(of=request.organisation))
    return dict(found.groups[by])


@require_GET
@needs(READERS)
def national(request: Request, organisation: str) -> HttpResponse:
    """The newest roll-up."""
    taken = queries.rollups(of=request.organisation)
    indicator, by, period = _wished(request)
    found = nation(indicator, by, period, of=request.organisation, names=_names(request, by))
    unit = saying.unit(indicator)
    drawn = bars(found.groups[:MOST_GROUPS], of=str(saying.DIMENSIONS[by]), unit=unit, mean=found.whole)
    context = {
        "tabs": tabs(request, "national"),
        "rollups": taken,
        "newest": taken[0] if taken else None,
        "found": found,
        "name": saying.name(indicator),
        "definition": definition(indicator),
        "figure": unit.said(found.whole.value) if found.whole.value is not None else found.whole.why,
        "unit": unit,
        "said_period": saying.quarter(found.period) if found.period else _("all quarters together"),
        "of": indicator.key,
        "by": by,
        "offered": [(one.key, saying.name(one)) for one in CATALOGUE],
        "bys": [(name, str(saying.BY[name])) for name in GROUPS],
        "periods": [(one, saying.quarter(one)) for one in found.periods],
        "chart": {**drawn, "table": found.table.said}
        if any(one.value is not None for one in found.groups)
        else None,
        "time": lines(
            [found.over_time],
            [saying.quarter_short(one) for one in reversed(found.periods)],
            of=_("Quarter"),
            unit=unit,
        )
        if len(found.periods) > 1
        else None,
        "ways": ways_out(request, "nation"),
        "faults": [_fault(one) for one in taken[0].report.get("faults", ())] if taken else [],
        "hides": any(one.why == saying.hidden("insight.too_few") for one in found.groups),
    }
    return render(request, "indicators/national.html", context)


@require_GET
@needs(READERS)
def file(request: Request, organisation: str, form: str) -> HttpResponse:
    """Its table as a file."""
    require_form(form)
    indicator, by, period = _wished(request)
    found = nation(indicator, by, period, of=request.organisation, names=_names(request, by))
    title = f"{saying.name(indicator)}, {saying.quarter(found.period) if found.period else _('all quarters together')}"
    return sent(request, listing_of(found.table, title, text(request.organisation.name)), form)


exported("nation", screen="indicators:national", file="indicators:national_file", caption="")
