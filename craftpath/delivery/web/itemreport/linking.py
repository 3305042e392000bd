"""Forms beside one another: which score of one is worth which of the other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.itemreport.figures import not_available, number
from craftpath.delivery.web.itemreport.plots import Plot, axis
from craftpath.delivery.web.itemreport.reading import Reading, page
from craftpath.delivery.web.itemreport.words import METHODS
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams.analysis import LEAST_COMMON, LEAST_RASCH, LEAST_TWO_PL, Linking, Sheet, linked
from craftpath.kernel.roles import Permission

HOW = ("stocking_lord", "mean_sigma", "true_score")


@require_GET
@needs(Permission.IMPORT_MARKS)
def linking(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Every form beside the one that most had."""
    return page(request, sitting, "itemreport/linking.html", _filled)


def _filled(reading: Reading) -> dict[str, Any]:
    sheets = list(reading.sheets.values())
    if not sheets:
        return {}
    base = sheets[0]
    title = reading.papers[base.paper].title
    pairs = [_pair(reading, base, one) for one in sheets[1:]]
    return {
        "n": base.n,
        "base": {"title": title, "n": base.n, "questions": len(base.columns)},
        "pairs": pairs,
        "least": LEAST_COMMON,
        "people": LEAST_RASCH,
        "two": LEAST_TWO_PL,
        "how": HOW if pairs else (),
    }


def _pair(reading: Reading, base: Sheet, new: Sheet) -> dict[str, Any]:
    found = linked(base, new)
    title = reading.papers[new.paper].title
    return {
        "key": str(new.paper),
        "title": title,
        "n": new.n,
        "questions": len(new.columns),
        "found": found,
        "why": not_available(found.why) if found.why else "",
        "lines": [
            {
                "key": key,
                "name": METHODS[key].name,
                "scale": number(one.scale),
                "shift": number(one.shift),
                "n": one.n,
            }
            for key, one in (("stocking_lord", found.stocking_lord), ("mean_sigma", found.mean_sigma))
            if one is not None
        ],
        "modelled": [number(one, 0 if one == int(one) else 2) for one in found.most],
        "scores": [(one, number(other, 1)) for one, other in found.scores],
        "plot": _scores(found, reading.papers[base.paper].title, title, min(base.n, new.n)),
        "drift": _drift(reading, base, found, min(base.n, new.n)),
    }


def _scores(found: Linking, base: str, new: str, n: int) -> Plot | None:
    """The equivalent score; the dashed line is where both forms are equally hard."""
    if not found.scores:
        return None
    plot = Plot(
        _("Equivalent scores"),
        axis(0, found.most[1]),
        axis(0, found.most[0]),
        _("Points on “%(form)s”") % {"form": new},
        _("Points on “%(form)s”") % {"form": base},
        n=n,
        note=_("above the dashed line the new form is the harder one"),
    )
    least = min(found.most)
    plot.line([(0, 0), (least, least)], "zero", dashed=True)
    plot.line([(float(one), other) for one, other in found.scores], "one")
    return plot


def _drift(reading: Reading, base: Sheet, found: Linking, n: int) -> Plot | None:
    """The common questions' difficulties on both forms: far from the line, a question has changed its meaning."""
    if not found.gaps:
        return None
    values = [one for _name, *both in found.gaps for one in both]
    side = axis(min(values), max(values), about=5)
    orders = dict(zip(base.names, base.orders, strict=True))
    plot = Plot(
        _("Common questions on both forms"),
        side,
        side,
        _("Difficulty on the first form"),
        _("Difficulty on the new form, brought over"),
        n=n,
        note=_("a question far from the line is not the same for both groups; look before you rely on it"),
    )
    plot.line([(side.low, side.low), (side.high, side.high)], "zero", dashed=True)
    for name, ours, theirs in found.gaps:
        plot.dot(ours, theirs, "plain", words=str(orders[name]))
    plot.head = [_("Question"), _("First form"), _("New form, brought over")]
    plot.rows = [[orders[name], number(ours), number(theirs)] for name, ours, theirs in found.gaps]
    return plot
