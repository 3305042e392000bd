"""All questions beside one another: how hard, how telling, and which to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.itemreport.figures import Shown, shown
from craftpath.delivery.web.itemreport.plots import Axis, Plot, axis, share_axis
from craftpath.delivery.web.itemreport.reading import ENOUGH, Reading, page
from craftpath.delivery.web.itemreport.words import FLAGS
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams.analysis import Sheet
from craftpath.domain.exams.texts import KINDS
from craftpath.kernel.roles import Permission

HOW = ("mean_share_of_maximum", "pearson_item_rest", "cronbach_alpha_without_the_item")
SORTS = ("order", "difficulty", "discrimination", "flags")
NAMED = 60  # points of a drawing that carry their number; more would lie over one another


@dataclass(frozen=True, slots=True)
class Row:
    """One question in the list."""

    order: int
    words: str
    kind: str
    url: str
    difficulty: Shown
    discrimination: Shown
    p: float | None
    r: float | None
    flags: list[str]
    share: int | None
    along: int | None


@require_GET
@needs(Permission.IMPORT_MARKS)
def questions(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """The list, in the order that is asked for."""
    return page(request, sitting, "itemreport/questions.html", _filled)


def _filled(reading: Reading) -> dict[str, Any]:
    sheet = reading.sheet
    if sheet is None:
        return {}
    rows = rows_of(reading, sheet)
    asked = reading.request.GET.get("sort", "")
    sort = asked if asked.removeprefix("-") in SORTS else "order"
    return {
        "n": sheet.n,
        "few": sheet.n < ENOUGH,
        "enough": ENOUGH,
        "rows": sorted_by(rows, sort),
        "sort": sort,
        "plot": scatter(rows, sheet.n),
        "flagged": sum(bool(row.flags) for row in rows),
        "keep_url": reading.address("keep"),
        "how": HOW,
    }


def rows_of(reading: Reading, sheet: Sheet) -> list[Row]:
    """Every question with its figures, in the order of the form."""
    found = sheet.classical
    rows = []
    for at, order in enumerate(sheet.orders):
        version = sheet.table.lines[sheet.columns[at]].version
        p, r = found.difficulty.one(at), found.item_rest.one(at)
        rows.append(
            Row(
                order,
                plain(version.stem, 70),
                str(KINDS[version.item.kind]),
                reading.address("question", version.item.public_id),
                shown(p),
                shown(r),
                p.value,
                r.value,
                flags_of(sheet, at),
                None if p.value is None else round(100 * p.value),
                None if r.value is None else round(50 * (r.value + 1)),
            )
        )
    return rows


def flags_of(sheet: Sheet, at: int) -> list[str]:
    """What to look at. A question that the better ones get wrong is named always, all else only with enough people."""
    from craftpath.engines.psychometrics.items import readings  # noqa: PLC0415  (slow to import)

    found = [str(one) for one in readings(sheet.classical)[at].flags or ()]
    rest = sheet.classical.item_rest.one(at).value
    if rest is not None and rest < 0:
        found = ["check_key", *(one for one in found if one not in ("check_key", "weak"))]
    return [str(FLAGS[one]) for one in found]


def sorted_by(rows: list[Row], sort: str) -> list[Row]:
    """In the order that is asked for; what has no figure stands last either way."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    if key == "order":
        return sorted(rows, key=lambda row: row.order, reverse=down)
    if key == "flags":
        return sorted(rows, key=lambda row: len(row.flags), reverse=down)

    def value(row: Row) -> float | None:
        return row.p if key == "difficulty" else row.r

    known = [row for row in rows if value(row) is not None]
    known.sort(key=lambda row: value(row) or 0, reverse=down)
    return known + [row for row in rows if value(row) is None]


def scatter(rows: list[Row], n: int) -> Plot | None:
    """Each question as a point: the easy ones at the right, the telling ones above."""
    known = [row for row in rows if row.p is not None and row.r is not None]
    if len(known) < 3:  # noqa: PLR2004  (fewer are read sooner in the list)
        return None
    lowest = min(0.0, *(row.r or 0 for row in known))
    highest = max(0.6, *(row.r or 0 for row in known))
    upward: Axis = axis(lowest, min(highest, 1), about=5)
    plot = Plot(
        _("Difficulty and discrimination"),
        share_axis(),
        upward,
        _("Difficulty: share of the points"),
        _("Discrimination"),
        n=n,
        note=_(
            "numbers are those of the questions; in the shaded field a question tells well who knows more"
        ),
    )
    ground = float(plot.up(0.3))
    plot.band(0.2, 0.9, "fair")
    plot.rects = [type(one)(one.x, one.y, one.width, f"{ground:.1f}", one.look) for one in plot.rects]
    plot.line([(0, 0), (1, 0)], "zero")
    for row in known:
        plot.dot(
            row.p or 0,
            row.r or 0,
            "wrong" if row.flags else "plain",
            words=str(row.order) if len(known) <= NAMED or row.flags else "",
            title=f"{row.order} {row.words}",
            url=row.url,
        )
    plot.legend = [("plain", _("question")), ("wrong", _("to look at")), ("fair", _("tells well"))]
    return plot
