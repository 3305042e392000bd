"""The first page of figures: what changed, what is out of line, where to look; then every indicator by its group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head, Listing
from craftpath.delivery.web.components.charting import Bar, Unit
from craftpath.delivery.web.components.sparks import Spark, spark
from craftpath.delivery.web.indicators import news, saying
from craftpath.delivery.web.indicators.asking import TOGETHER, Asked, Offered, asked, offered
from craftpath.delivery.web.indicators.places import READERS, asker, tabs
from craftpath.delivery.web.indicators.reading import newest
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.insight import queries
from craftpath.engines.indicators import CATALOGUE
from craftpath.engines.indicators.types import GROUP_TEXTS

if TYPE_CHECKING:
    from craftpath.domain.insight.queries import Row
    from craftpath.engines.indicators import Indicator

SHOWN_QUARTERS = 9
"""Quarters of a small line: two years and the one before, to compare with."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in the list."""

    indicator: Indicator
    name: str
    unit: Unit
    now: Bar
    before: Bar
    spark: Spark | None
    url: str = ""

    @property
    def figure(self) -> str:
        """The figure, or why there is none."""
        return self.unit.said(self.now.value) if self.now.value is not None else self.now.why

    @property
    def change(self) -> str:
        """Since the quarter before."""
        return saying.signed(saying.difference(self.now.value, self.before.value))

    @property
    def way(self) -> str:
        """Whether it moved beyond chance."""
        return saying.moved(self.now, self.before)

    @property
    def tone(self) -> str:
        """Good, attention, or neither."""
        return saying.tone(self.indicator, self.way)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of one quarter, or of all together."""

    period: str
    groups: Sequence[tuple[str, Sequence[Line]]]
    changes: Sequence[news.Change]
    outliers: Sequence[news.Outlier]
    places: Sequence[news.Place]

    def listing(self, title: str, whose: str) -> Listing:
        """The same as one list; intervals and units stand in files only."""
        heads = [
            Head(_("Group"), beyond=True), _("Indicator"), Head(pgettext("of a figure", "Unit"), beyond=True),
            Head(pgettext("of figures", "Figure"), figures=True),
            Head(pgettext("an interval", "from"), figures=True, beyond=True),
            Head(pgettext("an interval", "to"), figures=True, beyond=True), Head("n", figures=True),
            Head(_("Since the quarter before"), figures=True),
        ]  # fmt: skip
        rows = [
            (
                group, line.name, line.unit.head,
                line.now.why if line.now.value is None else Told(line.now.value, line.now.said),
                line.now.low, line.now.high, Told(line.now.n, line.now.people),
                Told(saying.difference(line.now.value, line.before.value), line.change or "–"),
            )
            for group, lines in (self.groups if self.period else ())
            for line in lines
        ]  # fmt: skip
        return listing(title, whose, heads, rows)


def gather(
    wish: Asked, choices: Offered, ask: Any, address: Any, *, keys: Sequence[str] | None = None
) -> Overview:
    """Two questions for all indicators, and one for each dimension by which groups are compared.

    Where nobody asks for a quarter and a single one tells less than half of what all together tell, as on a small
    site, all are shown together.
    """
    shown = [one for one in CATALOGUE if keys is None or one.key in keys]
    rows: dict[str, dict[str, Row]] = {one.key: {} for one in shown}
    for row in ask([one.key for one in shown], ("period",), {}):
        rows[row.key][row.dims.get("period", "")] = row
    periods = list(reversed(choices.periods))
    period = wish.period or newest((row for of in rows.values() for row in of.values()), wish.now)
    for row in ask([one.key for one in shown], (), {}):
        rows[row.key][TOGETHER] = row
    if period and not wish.period and 2 * _known(rows, period) < _known(rows, TOGETHER):
        period = TOGETHER
    lines = [_line(one, periods, period, rows[one.key], address) for one in shown]
    wholes = {key: of[period] for key, of in rows.items() if period in of}
    found = news.outliers(shown, period, wholes, choices, ask) if period else []
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        if line.now.value is not None or line.now.why != saying.hidden("insight.not_recorded"):
            grouped.setdefault(text(GROUP_TEXTS[line.indicator.group]), []).append(line)
    changed = news.changes([(line.indicator, line.now, line.before) for line in lines])
    return Overview(period, list(grouped.items()), changed, found, news.where_to_look(found))


def _known(rows: Mapping[str, Mapping[str, Row]], period: str) -> int:
    """How many indicators have a figure for it."""
    return sum(period in of and of[period].value is not None for of in rows.values())


def _line(
    indicator: Indicator, periods: Sequence[str], period: str, rows: Mapping[str, Row], address: Any
) -> Line:
    unit = saying.unit(indicator)
    at = len(periods) - 1 if period == TOGETHER else periods.index(period) if period in periods else -1
    window = periods[max(0, at - SHOWN_QUARTERS + 1) : at + 1] if at >= 0 else []
    shown = [saying.bar(indicator, rows.get(one), saying.quarter_short(one)) for one in window]
    nothing = Bar("", None, why=saying.hidden(rows[""].why) if "" in rows else "–")
    if "" in rows:  # nothing of it is recorded here
        shown = []
    words = "; ".join(
        f"{one.label} {unit.said(one.value) if one.value is not None else one.why}" for one in shown
    )
    now, before = shown[-1] if shown else nothing, shown[-2] if len(shown) > 1 else nothing
    if period == TOGETHER:
        now, before = saying.bar(indicator, rows.get(TOGETHER), ""), Bar("", None)
    line = spark([one.value for one in shown], words)
    return Line(indicator, text(indicator.name), unit, now, before, line, address(indicator.key))


@require_GET
@needs(READERS)
def overview(request: Request, organisation: str) -> HttpResponse:
    """Figures of the organisation and what lies below it."""
    choices = offered(queries.choices(of=request.organisation))
    wish = asked(request.GET, choices, request.today, whole=True)
    found = _gathered(request, wish, choices)
    context = {
        "tabs": tabs(request, "overview"),
        "found": found,
        "period": found.period,
        "said_period": saying.quarter(found.period) if found.period else "",
        "before": saying.quarter(_before(choices, found.period)) if _before(choices, found.period) else "",
        "periods": [(TOGETHER, saying.quarter(TOGETHER)), *saying.quarters(choices.periods, wish.now)],
        "unclear": wish.unclear,
        "changes": [
            (one, _to(request, one.indicator.key, found.period)) for one in found.changes[: news.MOST]
        ],
        "outliers": [
            (one, _to(request, one.indicator.key, found.period, by=one.dimension))
            for one in found.outliers[: news.MOST]
        ],
        "places": [
            (one, str(saying.DIMENSIONS[one.dimension]), _to_place(request, one, found.period))
            for one in found.places[: news.MOST]
        ],
        "made_at": queries.made_at(of=request.organisation),
        "ways": ways_out(request, "figures"),
    }
    return render(request, "indicators/overview.html", context)


@require_GET
@needs(READERS)
def overview_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The same figures as a file."""
    require_form(form)
    choices = offered(queries.choices(of=request.organisation))
    found = _gathered(request, asked(request.GET, choices, request.today, whole=True), choices)
    period = saying.quarter(found.period) if found.period else "–"
    return sent(request, found.listing(f"{_('Figures')}, {period}", text(request.organisation.name)), form)


exported("figures", screen="indicators:overview", file="indicators:overview_file", caption="")


def _gathered(request: Request, wish: Asked, choices: Offered) -> Overview:
    return gather(wish, choices, asker(request), lambda key: _to(request, key, wish.period))


def _to(request: Request, key: str, period: str, **more: str) -> str:
    found = reverse("indicators:one", args=[request.organisation.key, key])
    query = urlencode({name: value for name, value in {"period": period, **more}.items() if value})
    return f"{found}?{query}" if query else found


def _to_place(request: Request, one: news.Place, period: str) -> str:
    return _to(request, one.found[0].indicator.key, period, by=one.dimension)


def _before(choices: Offered, period: str) -> str:
    """The quarter before the shown one."""
    later = list(choices.periods)
    at = later.index(period) + 1 if period in later else len(later)
    return later[at] if at < len(later) else ""
