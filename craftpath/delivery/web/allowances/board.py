"""An organisation's months: where each stands, what it comes to, what waits, and what to look at first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.allowances import places, saying
from craftpath.delivery.web.allowances.drawing import bars
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.allowances import queries, rules
from craftpath.domain.allowances.texts import PAYERS
from craftpath.kernel.roles import Permission
from craftpath.values.period import later

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Run

A_PAGE = 24
DRAWN = 12


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A run as a row; `split` says what each payer pays where there are several."""

    run: Run
    month: str
    url: str
    badge: tuple[str, str]
    total: str
    split: str
    next: str


@require_GET
@needs(Permission.SEE_ALLOWANCES)
def board(request: Request, organisation: str) -> HttpResponse:
    """The same queries for few and many months."""
    return page(request)


def page(request: Request, fault: str = "", given: str = "", status: int = 200) -> HttpResponse:
    """The board; `fault` says why a month could not be begun."""
    own = rules.may_run(request.actor, request.organisation)
    paged = Paginator(queries.runs(), A_PAGE).get_page(request.GET.get("page"))
    found = list(paged.object_list)
    computing, sums = queries.asked_of(run.pk for run in found), queries.sums_by_payer(found)
    mine = [run for run in found if run.organisation_id == request.organisation.pk]
    newest = next((run for run in mine if run.state != "open"), None)
    drawn = [(run.month, run.total) for run in reversed(mine[:DRAWN]) if run.state != "open"]
    currency = newest.currency if newest else "CNY"
    context: dict[str, Any] = {
        "lines": [_line(request, run, run.pk in computing, sums) for run in found],
        "page": paged,
        "several": len({run.organisation_id for run in found} - {request.organisation.pk}) > 0,
        "may": bool(own),
        "made_id": uuid.uuid4(),
        "suggested": given or f"{_next(request.today, {run.month for run in mine}):%Y-%m}",
        "months": [f"{later(request.today.replace(day=1), -n):%Y-%m}" for n in range(12)],
        "fault": fault,
        "plot": bars(drawn, currency, _("What each month came to")),
        "tabs": places.tabs(request, "allowances:board"),
        "names": places.reads_names(request.actor),
    }
    if own:
        open_questions = queries.questions(request.organisation).filter(state="asked").count()
        context |= {
            "warnings": warnings(newest)
            if newest is not None and newest.state in ("computed", "checked")
            else [],
            "newest": newest,
            "newest_month": saying.month(newest.month) if newest else "",
            "questions": open_questions,
            "corrections": [
                (saying.month(row.month), row.bond.learner.name if row.bond else "", row.because)
                for row in queries.corrections_waiting(request.organisation)
            ],
            "no_rules": not queries.books(request.organisation).exclude(state="draft").exists(),
        }
    return render(request, "allowances/board.html", context, status=status)


def _next(today: date, known: set[date]) -> date:
    """The month that is over, or this one once that was begun."""
    this = today.replace(day=1)
    return this if later(this, -1) in known else later(this, -1)


def _line(request: Request, run: Run, computing: bool, sums: dict[tuple[int, str], int]) -> MonthLine:
    parts = [
        f"{PAYERS[payer]} {saying.figure(sums[run.pk, payer], run.currency)}"
        for payer in PAYERS
        if (run.pk, payer) in sums
    ]
    waits = {
        "open": _("compute it"),
        "computed": _("look at the lines and check"),
        "checked": _("somebody else approves"),
        "approved": _("pay, and note the payment"),
        "paid": "",
    }
    return MonthLine(
        run,
        saying.month(run.month),
        reverse("allowances:run", args=[request.organisation.key, run.public_id]),
        saying.state(run, computing),
        saying.money(run.total, run.currency) if run.state != "open" else "–",
        " · ".join(parts) if len(parts) > 1 else "",
        "" if computing else waits[run.state],
    )


def warnings(run: Run) -> list[str]:
    """What an office looks at before it checks a month, in sentences."""
    told = run.calculation.warnings if run.calculation else {}
    unpaid: dict[str, int] = told.get("unpaid", {})
    counts = [
        (
            unpaid.get("no_rule", 0),
            lambda n: ngettext("No rule is meant for %(n)s pair.", "No rule is meant for %(n)s pairs.", n),
        ),
        (
            unpaid.get("no_payer", 0),
            lambda n: ngettext(
                "Nobody is named who pays for %(n)s pair.", "Nobody is named who pays for %(n)s pairs.", n
            ),
        ),
        (
            told.get("undecided", 0),
            lambda n: ngettext(
                "%(n)s line waits for a decided result.", "%(n)s lines wait for a decided result.", n
            ),
        ),
        (
            told.get("over", 0),
            lambda n: ngettext(
                "%(n)s line is of a teacher beyond the capacity.",
                "%(n)s lines are of teachers beyond the capacity.",
                n,
            ),
        ),
        (
            told.get("unreferenced", 0),
            lambda n: ngettext(
                "%(n)s person has no bank or payroll reference.",
                "%(n)s people have no bank or payroll reference.",
                n,
            ),
        ),
    ]
    return [say(count) % {"n": count} for count, say in counts if count]
