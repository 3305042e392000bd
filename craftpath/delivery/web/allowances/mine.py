"""One's own allowances: month by month, each line in words and arithmetic, and what one asked about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.allowances import places, saying
from craftpath.delivery.web.allowances.drawing import bars
from craftpath.delivery.web.allowances.run import LineRow, rows_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.allowances import queries
from craftpath.domain.allowances.rules import LONGEST_WORDS
from craftpath.domain.allowances.texts import QUESTION_STATES

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Line, Question

MOST = 600  # lines, some years of a busy teacher
MONTHS = 12
A_PAGE = 6
QUESTION_TONES = {"asked": "attention", "answered": "good", "withdrawn": "plain"}


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line with what was asked about it."""

    row: LineRow
    questions: Sequence[tuple[Question, str, str]]
    open: bool


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """What one organisation paid in one month's run."""

    title: str
    where: str
    total: str
    state: str
    tone: str
    lines: Sequence[OwnLine]


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """The same queries for few and many lines; whoever only learns has no such page."""
    return page(request)


def page(
    request: Request, wrong: str = "", typed: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    """The page; `wrong` is the line whose question was refused, with what was typed."""
    if request.actor.sees_only_own:
        raise Http404
    lines = list(queries.own_lines(request.user)[:MOST])
    by_run: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_run[line.run_id].append(line)
    months = Paginator(list(by_run.values()), A_PAGE).get_page(request.GET.get("page"))
    totals = _totals(lines)
    currency = lines[0].run.currency if lines else "CNY"
    year = sum(amount for month, amount in totals.items() if month.year == request.today.year)
    context: dict[str, Any] = {
        "months": [_month(rows) for rows in months.object_list],
        "page": months,
        "unit": saying.unit(currency),
        "year": saying.figure(year, currency),
        "newest": saying.figure(totals[max(totals)], currency) if totals else "",
        "newest_month": saying.month(max(totals)) if totals else "",
        "plot": bars(sorted(totals.items())[-MONTHS:], currency, _("My allowances by month")),
        "references": [
            (text(row.organisation.name), row.tail) for row in queries.own_references(request.user)
        ],
        "wrong": wrong,
        "typed": typed,
        "fault": fault,
        "most": LONGEST_WORDS,
        "tabs": places.tabs(request, "allowances:mine"),
    }
    return render(request, "allowances/mine.html", context, status=status)


def _totals(lines: Sequence[Line]) -> dict[date, int]:
    """What the runs of each month came to, of the currency of the newest."""
    found: dict[date, int] = defaultdict(int)
    for line in lines:
        if line.run.currency == lines[0].run.currency:
            found[line.month] += line.amount
    return dict(found)


def _month(rows: Sequence[Line]) -> OwnMonth:
    run = rows[0].run
    paid = run.state == "paid"
    return OwnMonth(
        saying.month(run.month),
        text(run.organisation.name),
        saying.money(sum(row.amount for row in rows), run.currency),
        _("paid on %(day)s") % {"day": day(run.paid_on)} if paid else _("approved, to be paid"),
        "good" if paid else "info",
        [_line(row) for row in rows_of(rows)],
    )


def _line(row: LineRow) -> OwnLine:
    asked = [one for one in row.line.questions.all() if one.state != "withdrawn"]
    told = [(one, str(QUESTION_STATES[one.state]), QUESTION_TONES[one.state]) for one in asked]
    return OwnLine(row, told, any(one.state == "asked" for one in asked))
