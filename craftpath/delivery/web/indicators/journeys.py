"""Ways of many: how far people come, how long they stay, and from where to where they and their credits go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.components.charting import (
    Bar,
    Link,
    Series,
    Step,
    Unit,
    funnel,
    sankey,
    sankey_table,
    survival,
)
from craftpath.delivery.web.components.tabled import Table, table
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.asking import GROUPS, Offered, offered
from craftpath.delivery.web.indicators.places import READERS, tabs
from craftpath.delivery.web.indicators.ways import graph
from craftpath.delivery.web.shell.downloads import CSV, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.insight import queries
from craftpath.domain.insight.texts import OUTCOMES, STEPS
from craftpath.engines.indicators import NOT_APPLICABLE
from craftpath.engines.indicators.types import FLOOR

MOST_CURVES = 5
SHARE = Unit("%", "%", Decimal(0), Decimal(100))


def share_of(part: int | None, whole: int | None) -> Decimal | None:
    """A share in per cent with one place, half up."""
    if part is None or not whole:
        return None
    return (Decimal(part * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def steps_of(rows: Sequence[queries.Step]) -> tuple[list[Step], Table]:
    """The funnel with its table: people, their share of those who began, and of those of the step before.

    What this site does not record is no step.
    """
    known = [row for row in rows if row.suppressed or row.n is not None]
    began = next((row.n for row in known if row.key == "begun"), None)
    steps, lines = [], []
    for at, row in enumerate(known):
        label = _step_name(row)
        why = saying.hidden(row.why) if row.n is None else ""
        share, before = share_of(row.n, began), share_of(row.n, known[at - 1].n) if at else None
        if row.n is not None or "|" not in row.key:  # stages of small programmes stand in the table
            steps.append(Step(label, row.n, f"{share}%" if share is not None else "", why))
        lines.append((label, row.n if row.n is not None else why, share, before))
    head = [
        pgettext("of a way", "Step"), _("People"), _("of those who began (%)"), _("of the step before (%)"),
    ]  # fmt: skip
    return steps, table(head, lines)


def _step_name(row: queries.Step) -> str:
    if row.key == "signed":
        return pgettext("a step of the way", "Agreement signed")
    if row.key in STEPS:
        return str(STEPS[row.key])
    stage = text(row.name) if row.name else row.key.rpartition("|")[2]
    return _("%(stage)s passed") % {"stage": stage}


def curves(
    rows: Sequence[queries.Survivors], by: str, choices: Offered
) -> tuple[dict[str, Any] | None, Table]:
    """Curves of the largest groups, and the life table of all."""
    lots: dict[str, list[queries.Survivors]] = {}
    for row in rows:
        lots.setdefault(row.group, []).append(row)
    last = max((row.quarter for row in rows), default=0)
    head = [
        str(saying.DIMENSIONS[by]) if by else _("Begun in"), _("Quarter since the beginning"), _("At risk"),
        _("Still there (%)"), pgettext("an interval", "from"), pgettext("an interval", "to"),
    ]  # fmt: skip
    lines, series = [], []
    largest = sorted(lots, key=lambda group: -(lots[group][0].at_risk or 0))[:MOST_CURVES]
    for group, lot in lots.items():
        name = choices.name(by, group) if by else group
        by_quarter = {row.quarter: _point(row, name) for row in lot}
        nobody = Bar(name, None)
        bars = [
            Bar(name, Decimal(100), lot[0].at_risk),
            *(by_quarter.get(one, nobody) for one in range(1, last + 1)),
        ]
        for row in lot:
            one = by_quarter[row.quarter]
            lines.append(
                (name, row.quarter, one.n if one.value is not None else one.why, one.value, one.low, one.high)
            )
        if group in largest and any(bar.value is not None for bar in bars[1:]):
            series.append(Series(name, tuple(bars)))
    found = table(head, lines)
    if not series:
        return None, found
    times = [str(one) for one in range(last + 1)]
    drawn = survival(series, times, of=_("Quarters since the beginning"), unit=SHARE)
    return {**drawn, "table": found.said}, found


def _point(row: queries.Survivors, name: str) -> Bar:
    """A step of a curve; it ends where so few are left that a step would tell of one of them."""
    if row.share is None or row.at_risk is None or row.at_risk < FLOOR:
        return Bar(name, None, why=saying.hidden(row.why or "insight.too_few"))
    share, low, high = (None if one is None else _per_cent(one) for one in (row.share, row.low, row.high))
    return Bar(name, share, row.at_risk, low, high)


def _per_cent(value: Decimal) -> Decimal:
    return (value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def ways(rows: Sequence[queries.Link], kind: str) -> tuple[dict[str, Any] | None, Table]:
    """Bands of people, or of credits in whole credits."""
    mine = [one for one in rows if one.kind == kind]
    names = {key: str(words) for key, words in OUTCOMES.items()} | {
        NOT_APPLICABLE: pgettext("a group of figures", "not stated")
    }
    for one in mine:
        names |= {
            key: text(said)
            for key, said in ((one.source, one.source_name), (one.target, one.target_name))
            if said
        }
    unit = Unit(_("People") if kind == "stage" else pgettext("unit", "credits"))
    links = [
        Link(
            one.source,
            one.target,
            _amount(one, kind),
            saying.hidden("insight.too_few") if one.suppressed else "",
        )
        for one in mine
    ]
    nodes, placed = graph(links, names)
    found = sankey_table(nodes, placed, unit=unit)
    if not any(one.n for one in placed):
        return None, found
    return sankey(nodes, placed, unit=unit), found


def _amount(one: queries.Link, kind: str) -> int | Decimal | None:
    if one.n is None:
        return None
    return one.n if kind == "stage" else Decimal(one.n) / 100


@require_GET
@needs(READERS)
def journeys(request: Request, organisation: str) -> HttpResponse:
    """Funnel, curves and bands."""
    choices = offered(queries.choices(of=request.organisation))
    by = _by(request, choices)
    steps, of_steps = steps_of(queries.funnel(of=request.organisation))
    curve, of_curve = curves(queries.survival(by, of=request.organisation), by, choices)
    links = queries.paths(of=request.organisation)
    stages, of_stages = ways(links, "stage")
    credits, of_credits = ways(links, "credit")
    files = {
        name: reverse("indicators:journeys_file", args=[organisation, name]) + (f"?by={by}" if by else "")
        for name in FILES
    }
    context = {
        "tabs": tabs(request, "journeys"),
        "funnel": funnel(steps, of_steps) if steps else None,
        "curve": curve,
        "curve_table": of_curve,
        "stages": stages,
        "credits": credits,
        "by": by,
        "bys": [("", _("By year of beginning"), not by)]
        + [(name, str(saying.BY[name]), name == by) for name in GROUPS if len(choices.groups[name]) > 1],
        "files": files,
        "hides": any(
            saying.hidden("insight.too_few") in row for found in (of_steps, of_curve, of_stages, of_credits)
            for row in found.rows
        ),
        "made_at": queries.made_at(of=request.organisation),
    }  # fmt: skip
    return render(request, "indicators/journeys.html", context)


def _by(request: Request, choices: Offered) -> str:
    by = request.GET.get("by", "")
    return by if by in GROUPS and len(choices.groups[by]) > 1 else ""


def _funnel_table(request: Request, choices: Offered) -> Table:
    return steps_of(queries.funnel(of=request.organisation))[1]


def _curve_table(request: Request, choices: Offered) -> Table:
    by = _by(request, choices)
    return curves(queries.survival(by, of=request.organisation), by, choices)[1]


def _ways_table(kind: str) -> Callable[[Request, Offered], Table]:
    return lambda request, choices: ways(queries.paths(of=request.organisation), kind)[1]


FILES: dict[str, Callable[[Request, Offered], Table]] = {
    "funnel": _funnel_table,
    "survival": _curve_table,
    "stages": _ways_table("stage"),
    "credits": _ways_table("credit"),
}
TITLES = {
    "funnel": gettext_lazy("How far people come"),
    "survival": gettext_lazy("How long people stay"),
    "stages": gettext_lazy("From stage to stage"),
    "credits": gettext_lazy("Where credits go"),
}


@require_GET
@needs(READERS)
def file(request: Request, organisation: str, form: str) -> HttpResponse:
    """One of these tables."""
    if form not in FILES:
        raise Http404
    choices = offered(queries.choices(of=request.organisation))
    return attachment(FILES[form](request, choices).csv, f"{form}-{organisation}.csv", CSV)
