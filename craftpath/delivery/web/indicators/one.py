"""One indicator: its figure with its definition beside it, over time and by groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.components.tabled import Table
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.asking import GROUPS, TOGETHER, Asked, Offered, asked, offered
from craftpath.delivery.web.indicators.defining import definition
from craftpath.delivery.web.indicators.places import READERS, asker, crumbs, indicator_of, tabs
from craftpath.delivery.web.indicators.reading import Told, tell
from craftpath.delivery.web.shell.downloads import CSV, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.insight import queries, rules

if TYPE_CHECKING:
    pass

TABLES = ("time", "groups", "quarters")
"""Files of one indicator: over time, groups of one quarter, groups over time."""


@require_GET
@needs(READERS)
def one(request: Request, organisation: str, kind: str) -> HttpResponse:
    """The page."""
    found = indicator_of(kind)
    choices = offered(queries.choices(of=request.organisation))
    wish = asked(request.GET, choices, request.today, whole=True)
    told = tell(found, wish, choices, asker(request))
    published = queries.published(of=request.organisation)
    context = {
        **page(told, wish, choices),
        "tabs": tabs(request, "overview"),
        "crumbs": crumbs(request, saying.name(found)),
        "indicator": found,
        "files": _files(request, told, wish),
        "publishes": bool(rules.may_publish(request.actor, request.organisation)),
        "is_published": found.key in published,
        "public_url": reverse("figures:one", args=[organisation, found.key]),
        "made_at": queries.made_at(of=request.organisation),
    }
    return render(request, "indicators/one.html", context)


def page(told: Told, wish: Asked, choices: Offered) -> dict[str, Any]:
    """What the page of members and the public one have in common."""
    found = told.indicator
    return {
        "told": told,
        "name": saying.name(found),
        "definition": definition(found),
        "period": told.period,
        "said_period": saying.quarter(told.period) if told.period else "",
        "figure": told.unit.said(told.now.value) if told.now.value is not None else told.now.why,
        "interval": _interval(told),
        "change": _change(told),
        "only_said": choices.name(wish.only, wish.value) if wish.only else "",
        "time": told.time_chart(),
        "time_table": None if told.time_chart() else told.time_table(),
        "groups": told.group_chart(),
        "group_table": None if told.group_chart() else told.group_table(),
        "group_note": _group_note(told),
        "out": sum(bool(bar.out) for bar in told.groups),
        "hides": any(
            bar.why == saying.hidden("insight.too_few")
            for bar in (*told.groups, *told.over_time.bars, told.now)
        ),
        "small": [one for one in told.small_sparks() if one[1] is not None],
        "small_table": told.small_table(),
        "periods": [(TOGETHER, saying.quarter(TOGETHER)), *saying.quarters(choices.periods, wish.now)],
        "boxes": [
            (name, str(saying.DIMENSIONS[name]), str(saying.ALL[name]), rows, wish.value if wish.only == name else "")
            for name, rows in choices.groups.items()
            if len(rows) > 1
        ],
        "bys": [(name, str(saying.BY[name]), name == wish.by) for name in GROUPS if len(choices.groups[name]) > 1],
        "by": wish.by,
        "wish": wish,
    }  # fmt: skip


def _group_note(told: Told) -> str:
    if all(bar.low is None for bar in told.groups):
        return ""
    return _("the thin line is the interval of 95 per cent")


def _interval(told: Told) -> str:
    if told.now.low is None or told.now.high is None:
        return ""
    return _("with 95 per cent certainty between %(low)s and %(high)s") % {
        "low": told.unit.said(told.now.low),
        "high": told.unit.said(told.now.high),
    }


def _change(told: Told) -> str:
    difference = saying.difference(told.now.value, told.before.value)
    if difference is None:
        return ""
    sure = _("more than chance explains") if told.moved else ""
    words = _("%(change)s since the quarter before") % {"change": saying.signed(difference)}
    return f"{words} · {sure}" if sure else words


def _files(request: Request, told: Told, wish: Asked) -> dict[str, str]:
    query = urlencode(
        {name: value for name, value in {"period": told.period, "by": wish.by, **wish.where}.items() if value}
    )
    args = [request.organisation.key, told.indicator.key]
    return {name: f"{reverse('indicators:file', args=[*args, name])}?{query}" for name in TABLES}


@require_GET
@needs(READERS)
def file(request: Request, organisation: str, kind: str, form: str) -> HttpResponse:
    """One of its tables."""
    found = indicator_of(kind)
    if form not in TABLES:
        raise Http404
    choices = offered(queries.choices(of=request.organisation))
    told = tell(found, asked(request.GET, choices, request.today, whole=True), choices, asker(request))
    return sent(told, form, organisation)


def sent(told: Told, which: str, organisation: str) -> HttpResponse:
    """A table as a file that says in its name what it is."""
    tables: dict[str, Table] = {
        "time": told.time_table(), "groups": told.group_table(), "quarters": told.small_table(),
    }  # fmt: skip
    return attachment(tables[which].csv, f"{told.indicator.key}-{which}-{organisation}.csv", CSV)
