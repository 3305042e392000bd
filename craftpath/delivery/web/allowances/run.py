"""One month: by payer, by rule, by teacher, line by line, what changed, and the buttons of its state."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.exchange.payments import decimal
from craftpath.delivery.web.allowances import places, saying
from craftpath.delivery.web.allowances.board import warnings
from craftpath.delivery.web.allowances.drawing import bars
from craftpath.delivery.web.allowances.forms import BackForm, CorrectForm, PayForm
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.allowances import queries, rules
from craftpath.domain.allowances.texts import LINE_KINDS, PAYERS, WHYS
from craftpath.kernel.progress import progress_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Calculation, Line, Run

LOAD, DRAWN, LONGEST_SEARCH = 50, 6, 40


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as a row; `note` says what is no ordinary allowance of this month."""

    line: Line
    amount: str
    words: str
    note: str
    because: str


@require_GET
@needs(Permission.SEE_ALLOWANCES)
def run(request: Request, organisation: str, run: str) -> HttpResponse:
    """Asked by htmx while it is computed, only the part that changes."""
    row = places.found_run(run)
    newest = queries.newest_calculation(row)
    computing = newest is not None and newest.state == "asked"
    if request.htmx and not computing:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    if request.htmx:
        return render(request, "allowances/run.html#progress", _progress(row, newest))
    return page(request, row)


def page(
    request: Request, row: Run, wrong: str = "", form: Form | None = None, fault: str = "", status: int = 200
) -> HttpResponse:
    """The whole page; `wrong` names the form that was refused, `form` is it with what was typed."""
    newest = queries.newest_calculation(row)
    names = places.reads_names(request.actor)
    context: dict[str, Any] = {
        "run": row,
        "month": saying.month(row.month),
        "badge": saying.state(row, newest is not None and newest.state == "asked"),
        "unit": saying.unit(row.currency),
        "names": names,
        "may": _may(request, row),
        "fault": fault,
        "wrong": wrong,
        "made_id": uuid.uuid4(),
        "crumbs": places.to_months(request, here(saying.month(row.month))),
        "forms": _forms(request) | ({wrong: form} if form else {}),
        "refused": sentence(Verdict(newest.reason, newest.facts))
        if newest and newest.state == "refused"
        else "",
        **_progress(row, newest),
    }
    if row.state != "open":
        context |= _sums(row) | _change(row, newest, names)
        context["warnings"] = warnings(row) if row.state in ("computed", "checked") else []
        if names:
            context |= _named(request, row)
    return render(request, "allowances/run.html", context, status=status)


def _may(request: Request, row: Run) -> dict[str, bool]:
    """Which buttons the reader finds; the actions ask again."""
    runs, approves = rules.may_run(request.actor, row.organisation), rules.may_approve(request.actor, row)
    open_ = row.state in ("open", "computed", "checked")
    return {
        "compute": bool(runs) and open_,
        "check": bool(runs) and row.state == "computed",
        "back": bool(runs or approves) and row.state == "checked",
        "approve": bool(approves) and row.state == "checked",
        "waits": row.state == "checked" and not approves,
        "pay": bool(runs) and row.state == "approved",
        "file": bool(runs) and row.state in rules.SETTLED,
        "correct": bool(runs) and row.state in rules.SETTLED,
    }


def _forms(request: Request) -> dict[str, Form]:
    return {
        "back": BackForm(auto_id="back_%s"),
        "pay": PayForm(auto_id="pay_%s", initial={"paid_on": request.today}),
        "correct": CorrectForm(auto_id="correct_%s"),
    }


def _progress(row: Run, newest: Calculation | None) -> dict[str, Any]:
    if newest is None or newest.state != "asked":
        return {"computing": False, "run": row}
    far = progress_of(newest.public_id)
    return {
        "computing": True,
        "run": row,
        "begun": far is not None,
        "percent": round(100 * far.share) if far else 0,
    }


def _sums(row: Run) -> dict[str, Any]:
    months = queries.months_before(row, DRAWN)
    before = next((one for one in reversed(months) if one.month < row.month), None)
    return {
        "total": saying.money(row.total, row.currency),
        "payers": [
            (str(PAYERS[code]), text(name) if name else "", count, saying.figure(sum_, row.currency))
            for code, name, count, sum_ in queries.by_payer(row)
        ],
        "by_rule": [
            (name, version, count, saying.figure(sum_, row.currency))
            for name, version, count, sum_ in queries.by_rule(row)
        ],
        "plot": bars(
            [(one.month, one.total) for one in months],
            row.currency,
            _("This month and those before"),
            row.month,
        ),
        "than_before": _than_before(row, before),
    }


def _than_before(row: Run, before: Run | None) -> str:
    if before is None or before.currency != row.currency:
        return ""
    change = row.total - before.total
    facts = {"month": saying.month(before.month), "amount": saying.money(abs(change), row.currency)}
    if change == 0:
        return _("as much as in %(month)s") % facts
    return (
        _("%(amount)s more than in %(month)s") if change > 0 else _("%(amount)s less than in %(month)s")
    ) % facts


def _change(row: Run, newest: Calculation | None, names: bool) -> dict[str, Any]:
    """What the last calculation changed, as long as nobody has checked it."""
    found = row.calculation.difference if row.calculation else {}
    if row.state != "computed" or not found:
        return {"change": None}
    people = queries.names_of(one for line in found["rows"] for one in line[:2]) if names else {}
    rows = [
        (people.get(payee, ""), people.get(learner, ""), rule, _amount(row, before), _amount(row, after))
        for payee, learner, rule, before, after in found["rows"]
    ]
    return {
        "change": {
            "before": saying.money(found["before"], row.currency),
            "after": saying.money(found["after"], row.currency),
            "counts": (found["more"], found["fewer"], found["other"]),
            "rows": rows if names else [],
            "left": found["more"] + found["fewer"] + found["other"] - len(rows),
        }
    }


def _amount(row: Run, value: int | None) -> str:
    return "–" if value is None else saying.figure(value, row.currency)


def _named(request: Request, row: Run) -> dict[str, Any]:
    words = _words(request)
    teachers = Paginator(queries.by_teacher(row), LOAD).get_page(request.GET.get("teachers"))
    lines = Paginator(queries.lines_named(row, words), LOAD).get_page(request.GET.get("page"))
    pairs = (row.calculation.warnings if row.calculation else {}).get("pairs", [])
    who = queries.pair_names(pk for pk, _why in pairs)
    return {
        "q": words,
        "teacher_page": teachers,
        "teachers": [
            (name, people, saying.figure(sum_, row.currency))
            for name, _pk, people, sum_ in teachers.object_list
        ],
        "line_page": lines,
        "ways": ways_out(request, "payments", row.public_id),
        "teacher_ways": ways_out(request, "payees", row.public_id),
        "lines": rows_of(list(lines.object_list)),
        "without": [(*who[pk], str(WHYS[why])) for pk, why in pairs if pk in who],
        "templates": list(queries.templates(row.organisation)) if row.state in rules.SETTLED else [],
    }


def _words(request: Request) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]


def _readable(request: Request, run: str) -> Run:
    """A month that is computed, for whoever may read the names in it."""
    row = places.found_run(run)
    if row.state == "open" or not places.reads_names(request.actor):
        raise Http404
    return row


@require_GET
@needs(Permission.SEE_ALLOWANCES)
def lines_file(request: Request, organisation: str, run: str, form: str) -> HttpResponse:
    """The month line by line, as the page is searched."""
    require_form(form)
    row = _readable(request, run)
    heads = [
        pgettext("of an allowance", "Teacher"), _("Apprentice"), _("Rule"), _("What is special"), _("Arithmetic"),
        _("Reason"), Head(_("Amount"), figures=True), Head(_("Currency"), beyond=True),
    ]  # fmt: skip
    cells = [
        (
            one.line.payee.name, one.line.learner.name, one.line.rule.name, one.note or Told(None, ""),
            Told(None, "") if one.line.kind == "reversal" else one.words, one.because or Told(None, ""),
            Told(decimal(one.line.amount, one.line.rule.book.currency), one.amount), one.line.rule.book.currency,
        )
        for one in rows_of(list(queries.lines_named(row, _words(request))))
    ]  # fmt: skip
    return sent(request, listing(_("Allowances line by line"), _whose(row), heads, cells), form)


@require_GET
@needs(Permission.SEE_ALLOWANCES)
def teachers_file(request: Request, organisation: str, run: str, form: str) -> HttpResponse:
    """What each teacher gets in the month."""
    require_form(form)
    row = _readable(request, run)
    heads = [
        pgettext("of an allowance", "Teacher"), Head(_("Apprentices"), figures=True), Head(_("Sum"), figures=True),
        Head(_("Currency"), beyond=True),
    ]  # fmt: skip
    cells = [
        (name, people, Told(decimal(sum_, row.currency), saying.figure(sum_, row.currency)), row.currency)
        for name, _pk, people, sum_ in queries.by_teacher(row)
    ]
    return sent(request, listing(_("Allowances by teacher"), _whose(row), heads, cells), form)


def _whose(row: Run) -> str:
    return f"{text(row.organisation.name)}, {saying.month(row.month)}"


exported("payments", screen="allowances:run", file="allowances:lines_file", caption="Line by line")
exported("payees", screen="allowances:run", file="allowances:teachers_file", caption="By teacher")


def rows_of(lines: Sequence[Line]) -> list[LineRow]:
    """Lines as rows."""
    return [
        LineRow(
            line,
            saying.figure(line.amount, line.rule.book.currency),
            saying.arithmetic(line),
            "" if line.kind == "original" else f"{LINE_KINDS[line.kind]} · {saying.month(line.about)}",
            line.correction.because if line.correction else "",
        )
        for line in lines
    ]
