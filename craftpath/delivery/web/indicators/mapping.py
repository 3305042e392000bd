"""The map of figures: places by their figure and their people; those without a position as tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from craftpath.delivery.web.components.charting import Bar
from craftpath.delivery.web.components.tabled import listing_of
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.asking import Asked, Offered, asked, offered
from craftpath.delivery.web.indicators.defining import definition
from craftpath.delivery.web.indicators.places import READERS, asker, tabs
from craftpath.delivery.web.indicators.reading import Told, tell
from craftpath.delivery.web.shell.lists import exported, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.insight import queries
from craftpath.domain.places.queries import outline_for
from craftpath.engines.geography import draw
from craftpath.engines.geography.types import Dot, Label, Position, Ring
from craftpath.engines.indicators import CATALOGUE

if TYPE_CHECKING:
    from craftpath.engines.indicators import Indicator

WIDE, NARROW = (760.0, 440.0), (336.0, 336.0)
LEAST, LARGEST = 7.0, 26.0
FIRST = "enrolled"
LOOKS = {
    "above": gettext_lazy("above all"),
    "below": gettext_lazy("below all"),
    "": gettext_lazy("as all, or not to be told"),
    "hidden": gettext_lazy("not shown"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the drawing: its area says how many people, its sign whether it is out of line."""

    x: str
    y: str
    size: str
    look: str
    name: str
    figure: str
    url: str
    label: Label | None

    @property
    def label_x(self) -> str:
        """Where its name begins."""
        return f"{self.label.x:.1f}" if self.label else ""

    @property
    def label_y(self) -> str:
        """On which line."""
        return f"{self.label.y:.1f}" if self.label else ""

    @property
    def below_y(self) -> str:
        """The line of its figure, under the name."""
        return f"{self.label.y + 14:.1f}" if self.label else ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawing."""

    size: str
    width: float
    height: float
    spots: Sequence[Spot]
    paths: Sequence[str]

    @property
    def box(self) -> str:
        """Its frame as SVG has it."""
        return f"0 0 {self.width:g} {self.height:g}"


def maps(
    told: Told, spots: Sequence[queries.Spot], outline: Sequence[Ring], urls: dict[str, str]
) -> list[Drawn]:
    """The same for a wide page and for a phone; nothing where fewer than two places say where they lie."""
    bars = {one.key: one for one in told.groups}
    there = [one for one in spots if one.lat is not None and one.lon is not None and one.place in bars]
    if len(there) < 2:
        return []
    return [
        _drawn(name, size, told, there, bars, outline, urls)
        for name, size in (("wide", WIDE), ("narrow", NARROW))
    ]


def _drawn(
    name: str,
    size: tuple[float, float],
    told: Told,
    there: Sequence[queries.Spot],
    bars: dict[str, Bar],
    outline: Sequence[Ring],
    urls: dict[str, str],
) -> Drawn:
    most = max((one.n or 0 for one in there), default=0) or 1
    dots = [
        Dot(
            one.place,
            Position(one.lat or 0.0, one.lon or 0.0),
            LEAST + (LARGEST - LEAST) * sqrt((one.n or 0) / most),
            bars[one.place].label,
        )
        for one in there
    ]
    drawn = draw(dots, outline, *size)
    found = []
    for dot in sorted(drawn.dots, key=lambda it: -it.size):
        bar = bars[dot.key]
        look = bar.out if bar.value is not None else "hidden"
        figure = told.unit.said(bar.value) if bar.value is not None else bar.why
        found.append(
            Spot(
                f"{dot.x:.1f}", f"{dot.y:.1f}", f"{dot.size:.1f}", look, bar.label, figure,
                urls.get(dot.key, ""), dot.label,
            )
        )  # fmt: skip
    return Drawn(name, *size, found, drawn.paths)


def _wish(request: Request, choices: Offered) -> tuple[Indicator, Asked]:
    by_key = {one.key: one for one in CATALOGUE}
    found = by_key.get(request.GET.get("of", "")) or by_key.get(FIRST) or CATALOGUE[0]
    wish = asked(request.GET, choices, request.today)
    return found, Asked(wish.period, by="place", unclear=wish.unclear, now=wish.now)


@require_GET
@needs(READERS)
def map_page(request: Request, organisation: str) -> HttpResponse:
    """One indicator by place."""
    choices = offered(queries.choices(of=request.organisation))
    indicator, wish = _wish(request, choices)
    told = tell(indicator, wish, choices, asker(request), small=False)
    spots = queries.spots(of=request.organisation)
    urls = {
        one.key: f"{reverse('indicators:one', args=[organisation, indicator.key])}?{urlencode({'place': one.key})}"
        for one in told.groups
    }
    drawn = maps(told, spots, outline_for(request.organisation), urls)
    context: dict[str, Any] = {
        "tabs": tabs(request, "map"),
        "told": told,
        "name": saying.name(indicator),
        "definition": definition(indicator),
        "of": indicator.key,
        "offered": [(one.key, saying.name(one)) for one in CATALOGUE],
        "periods": saying.quarters(choices.periods, wish.now),
        "period": told.period,
        "said_period": saying.quarter(told.period) if told.period else "",
        "maps": drawn,
        "tiles": [(one, _figure(told, one), urls[one.key]) for one in told.groups],
        "chart": told.group_chart(),
        "looks": [(key or "plain", str(words)) for key, words in LOOKS.items()],
        "hides": any(one.why == saying.hidden("insight.too_few") for one in told.groups),
        "note": _("the area of a circle says how many learn there") if drawn else "",
        "ways": ways_out(request, "map"),
        "made_at": queries.made_at(of=request.organisation),
    }
    return render(request, "indicators/map.html", context)


def _figure(told: Told, one: Bar) -> str:
    return told.unit.said(one.value) if one.value is not None else one.why


@require_GET
@needs(READERS)
def map_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The table of the map."""
    require_form(form)
    choices = offered(queries.choices(of=request.organisation))
    indicator, wish = _wish(request, choices)
    told = tell(indicator, wish, choices, asker(request), small=False)
    period = saying.quarter(told.period) if told.period else "–"
    title = f"{saying.name(indicator)}, {period}"
    return sent(request, listing_of(told.group_table(), title, text(request.organisation.name)), form)


exported("map", screen="indicators:map", file="indicators:map_file", caption="")
