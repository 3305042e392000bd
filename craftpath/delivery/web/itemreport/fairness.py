"""Is a question harder for one group than for others who know as much? A flag asks people, it decides nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.itemreport.figures import number, reason
from craftpath.delivery.web.itemreport.plots import Axis, Plot, axis
from craftpath.delivery.web.itemreport.reading import Reading, again, page
from craftpath.delivery.web.itemreport.words import KINDS_OF_GROUPS, LANGUAGES
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.exams.analysis import Group, Harder, Sheet, groupings, harder
from craftpath.domain.exams.analysis.groups import LEAST_COMPARED, chosen
from craftpath.engines.disclosure import LEAST_SHOWN
from craftpath.kernel.roles import Permission

TONES = {"A": "plain", "B": "info", "C": "attention"}


@require_GET
@needs(Permission.IMPORT_MARKS)
def fairness(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """One group beside all others."""
    return page(request, sitting, "itemreport/fairness.html", _filled)


def _filled(reading: Reading) -> dict[str, Any]:
    sheet = reading.sheet
    if sheet is None:
        return {}
    request = reading.request
    compared = groupings(sheet)
    ways = compared.ways
    way, group = chosen(ways, request.GET.get("by", ""), request.GET.get("group", ""))
    found = None if group is None else harder(compared.sheet, group)
    return {
        "n": sheet.n,
        "compared": compared,
        "way": way,
        "least": LEAST_COMPARED,
        "shown_from": LEAST_SHOWN,
        "ways": [
            {
                "label": KINDS_OF_GROUPS[one.kind],
                "url": again(request, by=one.kind, group=""),
                "current": one is way,
            }
            for one in ways
        ],
        "groups": [
            {
                "label": named(way.kind, one),
                "n": one.n,
                "url": again(request, by=way.kind, group=one.key) if one.compared else "",
                "current": one is group,
            }
            for one in way.groups
        ]
        if way
        else [],
        "group": named(way.kind, group) if way and group else "",
        "rows": _rows(reading, sheet, found) if found else [],
        "plot": _plot(sheet, found) if found else None,
        "how": ("mantel_haenszel_delta",) if found else (),
    }


def named(kind: str, group: Group) -> str:
    """How a group is called."""
    if kind == "language":
        return LANGUAGES.get(str(group.name), _("not chosen"))
    return text(group.name) if group.name else _("at the college only")


def _rows(reading: Reading, sheet: Sheet, found: Harder) -> list[dict[str, Any]]:
    """Each question: how much harder, how sure, which class; the largest differences first."""
    rows = []
    told = found.found
    for at, order in enumerate(sheet.orders):
        version = sheet.table.lines[sheet.columns[at]].version
        delta, category = told.delta.one(at), told.categories[at]
        rows.append(
            {
                "order": order,
                "words": plain(version.stem, 60),
                "url": reading.address("question", version.item.public_id),
                "size": -1 if delta.value is None else abs(delta.value),
                "delta": "" if delta.value is None else number(delta.value),
                "error": "" if delta.value is None else number(float(told.error[at])),
                "p": "" if delta.value is None else number(float(told.p[at]), 3),
                "n": delta.n,
                "why": "" if delta.value is not None else reason(delta.why),
                "category": category.value if category else "",
                "tone": TONES[category.value] if category else "plain",
                "way": ""
                if delta.value is None or category == "A"
                else _("harder")
                if delta.value < 0
                else _("easier"),
            }
        )
    return sorted(rows, key=lambda row: (-row["size"], row["order"]))


def _plot(sheet: Sheet, found: Harder) -> Plot | None:
    """Each question's difference by its number, with the two limits."""
    told = found.found
    known = [
        (order, told.delta.values[at], told.categories[at])
        for at, order in enumerate(sheet.orders)
        if told.categories[at] is not None
    ]
    if not known:
        return None
    far = max(2.0, *(abs(float(delta)) for _order, delta, _category in known))
    upward = axis(-far, far, about=4)
    plot = Plot(
        _("Harder or easier for the group"),
        Axis(0, max(sheet.orders) + 1, tuple(range(5, max(sheet.orders) + 1, 5)) or (1,), 0),
        upward,
        _("Question"),
        _("Delta: below 0 harder for the group"),
        n=int(told.delta.n[0]),
        note=_("within the shaded field differences are small"),
    )
    plot.band(0, max(sheet.orders) + 1, "fair")
    top, bottom = float(plot.up(1)), float(plot.up(-1))
    drawn = plot.rects.pop()
    plot.rects.append(type(drawn)(drawn.x, f"{top:.1f}", drawn.width, f"{bottom - top:.1f}", drawn.look))
    plot.line([(0, 0), (max(sheet.orders) + 1, 0)], "zero")
    for order, delta, category in known:
        plot.dot(
            order,
            float(delta),
            "wrong" if category == "C" else "two" if category == "B" else "plain",
            words=str(order) if category != "A" else "",
            title=f"{order}: {number(float(delta))} {category}",
        )
    plot.legend = [("plain", _("A: small or chance")), ("two", _("B: moderate")), ("wrong", _("C: large"))]
    return plot
