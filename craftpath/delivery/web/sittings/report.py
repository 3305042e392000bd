"""How good a paper was: reliability, each item's difficulty and discrimination, what wrong options drew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.places import found, to_list
from craftpath.domain.exams import studies
from craftpath.domain.exams.marking import Scored, scored
from craftpath.domain.exams.panel import reach
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.engines.psychometrics import Figure

ENOUGH = 100
"""Answers from which on a figure may raise a flag; with fewer the page says so and flags nothing but a wrong key."""
WHY = {
    "no_rows": gettext_lazy("nobody has answered"),
    "no_answers": gettext_lazy("nobody has answered"),
    "no_complete_rows": gettext_lazy("nobody is wholly marked"),
    "too_few_rows": gettext_lazy("too few candidates"),
    "too_few_items": gettext_lazy("too few questions"),
    "no_variation": gettext_lazy("all answers are worth the same"),
    "not_dichotomous": gettext_lazy("some questions have more than right and wrong"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One question in the report; places in percent for the chart."""

    order: int
    words: str
    difficulty: str
    discrimination: str
    share: int | None
    along: int | None
    flags: list[str]


@require_GET
@needs(Permission.IMPORT_MARKS)
def report(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Every figure with its n, its method and what is done with what is missing."""
    row = found(sitting)
    context: dict[str, Any] = {
        "sitting": row,
        "crumbs": to_list(
            request, step(request, row.paper.title, "sittings:sitting", row.public_id), here(_("Item report"))
        ),
    }
    if row.state == "closed":
        table, cut = scored(row), studies.cut_of(row.paper)
        context |= _figures(table) | {
            "cut": cut,
            "reached": reach(table, cut.cut) if cut is not None else None,
        }
    return render(request, "sittings/report.html", context)


def _figures(table: Scored) -> dict[str, Any]:
    from craftpath.engines.psychometrics import Responses  # noqa: PLC0415  (slow to import)
    from craftpath.engines.psychometrics.items import classical  # noqa: PLC0415  (the same)

    rows = [row for n, row in enumerate(table.points) if not table.absent(n)]
    if not rows or not table.lines:
        return {"n": 0}
    values = np.array([[np.nan if one is None else float(one) for one in row] for row in rows])
    items = [str(line.order) for line in table.lines]
    found = classical(Responses.of(values, items, None, [float(one) for one in table.most]))
    lines = []
    for n, line in enumerate(table.lines):
        p, r = found.difficulty.one(n), found.item_rest.one(n)
        lines.append(
            Line(
                line.order,
                plain(line.version.stem, 70),
                _two(p),
                _two(r),
                None if p.value is None else round(100 * p.value),
                None if r.value is None else round(50 * (r.value + 1)),
                _flags(p.value, r.value, r.n),
            )
        )
    whole = [
        (_("Cronbach’s alpha"), _two(found.alpha), _why(found.alpha), found.alpha.n),
        (_("KR-20"), _two(found.kr20), _why(found.kr20), found.kr20.n),
        (_("Standard error of measurement"), _two(found.error), _why(found.error), found.error.n),
    ]
    return {"n": len(rows), "lines": lines, "whole": whole, "few": len(rows) < ENOUGH, "enough": ENOUGH}


def _two(figure: Figure) -> str:
    return "–" if figure.value is None else str(number_format(round(figure.value, 2), 2))


def _why(figure: Figure) -> str:
    return "" if figure.value is not None else str(WHY.get(figure.why, figure.why))


def _flags(p: float | None, r: float | None, n: int) -> list[str]:
    found = []
    if r is not None and r < 0:
        found.append(_("check the key"))
    if n >= ENOUGH and p is not None and p < 0.2:
        found.append(_("very hard"))
    if n >= ENOUGH and p is not None and p > 0.9:
        found.append(_("very easy"))
    if n >= ENOUGH and r is not None and 0 <= r < 0.15:
        found.append(_("tells little apart"))
    return found
