"""The report of a workshop: the same figures on the page, on paper and in the sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.printouts.workshops import report_paper, summary, tables
from craftpath.delivery.web.papers.sending import languages, look_of, own_language, sent
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.workshops import saying
from craftpath.delivery.web.workshops.places import page_of, run_by
from craftpath.domain.workshops.figures import figures
from craftpath.values.printout import Cell, Table
from craftpath.values.text import Text

FIRST = 4
"""Figures that stand large above the rest."""


@require_GET
def report(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """In short, then table by table with bars."""
    row = run_by(request, workshop)
    found = figures(row)
    lines = [(_said(label), value) for label, value in summary(found)]
    context = {
        **page_of(request, row, "report", ""),
        "large": lines[:FIRST],
        "lines": lines[FIRST:],
        "tables": [_table(one) for one in tables(found)],
        "languages": languages(),
        "own_language": own_language(),
    }
    return render(request, "workshops/report.html", context)


@require_GET
def paper(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """PDF or workbook."""
    row = run_by(request, workshop)
    return sent(report_paper(row, figures(row), request.at), look_of(request.GET), name=text(row.title))


def _said(cell: Cell) -> Any:
    if isinstance(cell, Text):
        return cell.say(get_language() or "zh")
    return day(cell) if isinstance(cell, date) else cell


def _table(one: Table) -> dict[str, Any]:
    """A table of the report as the page shows it: its last figure of each row as a bar beside the largest."""
    rows = [[_said(cell) for cell in row] for row in one.rows]
    shown = 2 if len(one.columns) == 4 and one.heading != Text("每日到会", "By day") else len(one.columns) - 1
    most = max((row[shown] for row in rows), default=0)
    return {
        "heading": _said(one.heading),
        "columns": [(_said(column.head), column.figures) for column in one.columns],
        "rows": [(row[0], row[1:], saying.percent(row[shown], most)) for row in rows],
        "note": _said(one.note),
        "empty": _said(one.empty),
    }
