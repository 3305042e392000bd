"""The paper as a whole: how totals fall, how far they can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.itemreport.figures import Shown, number, plain, shown
from craftpath.delivery.web.itemreport.plots import Plot, axis, bins_of
from craftpath.delivery.web.itemreport.reading import ENOUGH, Reading, page
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams import studies
from craftpath.domain.exams.analysis import Sheet
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Paper

HOW = ("mean", "spread", "cronbach_alpha", "kuder_richardson_20", "standard_error_of_measurement")
FEWEST = 5  # a drawing of fewer people says less than their list


@require_GET
@needs(Permission.IMPORT_MARKS)
def overview(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Every figure of the whole paper with its n, its method and what is done with what is missing."""
    return page(request, sitting, "itemreport/overview.html", _filled)


def _filled(reading: Reading) -> dict[str, Any]:
    sheet = reading.sheet
    if sheet is None:
        return {}
    return {
        "n": sheet.n,
        "few": sheet.n < ENOUGH,
        "enough": ENOUGH,
        "waiting": sum(one is None for one in sheet.totals),
        "whole": whole(sheet),
        **_cut(sheet, reading.papers[sheet.paper]),
        "plot": histogram(sheet),
        "each": [
            {"title": reading.papers[pk].title, "n": one.n, "figures": whole(one)}
            for pk, one in reading.sheets.items()
        ]
        if len(reading.sheets) > 1
        else [],
        "how": HOW,
    }


def _cut(sheet: Sheet, paper: Paper) -> dict[str, Any]:
    """The cut score of this form that is in force, and how many of those wholly marked reach it."""
    cut = studies.cut_of(paper)
    if cut is None:
        return {}
    done = [one for one in sheet.totals if one is not None]
    return {
        "cut": cut,
        "reached": {"n": len(done), "reached": sum(one >= float(cut.cut) - 1e-9 for one in done)},
    }


def whole(sheet: Sheet) -> list[Shown]:
    """Mean, deviation, reliability and error of one form."""
    found = sheet.classical
    mean, variance = found.distribution.mean, found.distribution.variance
    spread = None if variance.value is None else variance.value**0.5
    points = _("of %(most)s points") % {"most": number(sheet.full, 0 if sheet.full == int(sheet.full) else 2)}
    return [
        plain("mean", mean.value, mean.n, "complete_rows", mean.why, points),
        plain("spread", spread, variance.n, "complete_rows", variance.why, points),
        shown(found.alpha),
        shown(found.kr20),
        shown(found.error, unit=points),
    ]


def histogram(sheet: Sheet) -> Plot | None:
    """How totals fall, with one standard error to either side of the mean."""
    totals = [one for one in sheet.totals if one is not None]
    if len(totals) < FEWEST:
        return None
    bins = bins_of(totals, sheet.full)
    most = max(count for _low, _high, count in bins)
    plot = Plot(
        _("How the totals fall"),
        axis(0, bins[-1][1]),
        axis(0, most, about=4, places=0),
        _("Points"),
        _("Candidates"),
        n=len(totals),
        note=_("the band is the mean and one standard error of measurement to either side"),
    )
    mean, error = sheet.classical.distribution.mean.value, sheet.classical.error.value
    if mean is not None and error is not None:
        plot.band(mean - error, mean + error, "band")
        plot.legend.append(("band", _("mean ± standard error")))
    for low, high, count in bins:
        plot.bar(low, high, count, "bar", f"{number(low, 0)}–{number(high, 0)}: {count}")
    if mean is not None:
        plot.line([(mean, 0), (mean, plot.y.high)], "mark", dashed=True)
    plot.head = [_("Points"), _("Candidates")]
    places = 0 if bins[0][1] == int(bins[0][1]) else 1
    plot.rows = [[f"{number(low, places)}–{number(high, places)}", count] for low, high, count in bins]
    return plot
