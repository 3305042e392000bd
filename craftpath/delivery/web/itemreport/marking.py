"""How far those who marked the same essays agree."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.itemreport.figures import Shown, plain, shown
from craftpath.delivery.web.itemreport.plots import Axis, Plot
from craftpath.delivery.web.itemreport.reading import Reading, page
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams.analysis import Markers, markers_of
from craftpath.domain.exams.analysis.markers import LEAST
from craftpath.kernel.roles import Permission

QUARTERS = (0.0, 25.0, 50.0, 75.0, 100.0)


@require_GET
@needs(Permission.IMPORT_MARKS)
def markers(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Agreement on essays that two have marked."""
    return page(request, sitting, "itemreport/markers.html", _filled)


def _filled(reading: Reading) -> dict[str, Any]:
    if reading.sheet is None:
        return {}
    found = markers_of(reading.together if reading.all else [reading.sitting])
    figures = _figures(found)
    return {
        "n": reading.sheet.n,
        "found": found,
        "double": len(found.pairs),
        "least": LEAST,
        "figures": figures,
        "plot": _plot(found) if figures else None,
        "how": [one.key for one in figures],
    }


def _figures(found: Markers) -> list[Shown]:
    if found.by_person is None or found.by_turn is None:
        return []
    return [
        plain("mean_gap", found.mean_gap, len(found.pairs), "pairable", "", _("percent of full points")),
        shown(found.by_person.percent),
        shown(found.by_person.quadratic),
        shown(found.by_person.icc["2,1"]),
        shown(found.by_turn.icc["1,1"]),
        shown(found.by_person.krippendorff),
    ]


def _plot(found: Markers) -> Plot:
    """Each essay by its two marks; on the line both gave the same."""
    side = Axis(0, 100, QUARTERS, 0)
    plot = Plot(
        _("First and second mark of each essay"),
        side,
        side,
        _("First mark, % of full points"),
        _("Second mark, % of full points"),
        n=len(found.pairs),
        note=_("on the line both gave the same"),
    )
    plot.line([(0, 0), (100, 100)], "zero", dashed=True)
    for first, second in found.pairs:
        plot.dot(first, second, "plain")
    gaps = [abs(one - other) for one, other in found.pairs]
    steps = ((0, 5), (5, 10), (10, 20), (20, 101))
    plot.head = [_("Gap, % of full points"), _("Essays")]
    plot.rows = [
        [
            f"{low}–{min(high, 100)}",
            sum(low <= one < high for one in gaps),
        ]
        for low, high in steps
    ]
    return plot
