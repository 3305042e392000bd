"""One page from a kept file to rows: how it is read, what would happen, and the button that does it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from craftpath.delivery.exchange.commit import commit_marks, commit_roster
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.trial import Reading, book_of, target_of, try_out
from craftpath.delivery.exchange.writing import write_csv
from craftpath.delivery.web.sheets.check_page import check_page, each_error
from craftpath.delivery.web.sheets.forms import posted_reading
from craftpath.delivery.web.sheets.targets import find_import
from craftpath.delivery.web.sheets.texts import KINDS, STATE_TONES, STATES, outcome_line
from craftpath.delivery.web.sheets.trail import crumbs, steps
from craftpath.delivery.web.shell.downloads import CSV, attachment
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.sheets import SHEET, SheetImport, discard_sheet, read_sheet_as
from craftpath.values.verdict import Refused

_COMMIT = {Kind.ROSTER: commit_roster, Kind.MARKS: commit_marks}


@require_GET
def columns(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """The check of an import on its way; the outcome of one that has ended."""
    row = find_import(request, sheet)
    return _checked(request, row) if row.state == SHEET.start else _ended(request, row)


@require_POST
def check(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """Read the sheet as chosen, and check again."""
    row = find_import(request, sheet)
    if (
        row.state != SHEET.start
    ):  # ended in another tab: its page takes the place of this one, not of a part of it
        page = _to_page(request, row)
        return HttpResponseClientRedirect(page["Location"]) if request.htmx else page
    before = Reading.from_json(row.reading)
    reading = posted_reading(request.POST, book_of(row), target_of(row), before)
    if reading != before:
        row = read_sheet_as(row, reading=reading.as_json(), by=request.actor, at=request.at)
    return _checked(request, row, part="#check") if request.htmx else _to_page(request, row)


@require_POST
def commit(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """Take everything in, or nothing. Somebody who is too late is shown what came of it instead."""
    row = find_import(request, sheet)
    try:
        row = _COMMIT[Kind(row.kind)](row, seen=request.POST.get("seen", ""), by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        if refused.verdict.reason == "flow.not_now":
            messages.info(request, _("This import has ended already; nothing was done twice."))
        else:
            messages.error(request, sentence(refused.verdict))
    else:
        messages.success(request, outcome_line(row.outcome))
    return _to_page(request, row)


@require_POST
def discard(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """End the import without effect; a committed one stays what it is."""
    row = find_import(request, sheet)
    if row.state != SHEET.start:
        return _to_page(request, row)
    discard_sheet(row, by=request.actor, at=request.at)
    messages.success(request, _("Discarded; nothing was imported. The file is kept with its import."))
    return redirect("sheets:list", request.organisation.key)


@require_GET
def errors(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """Every error as a csv table, to work through beside the sheet."""
    row = find_import(request, sheet)
    head = (_("Cell"), _("Person"), _("Column"), _("Given"), _("What is wrong"), _("Allowed"))
    lines = each_error(try_out(row, on=request.today))
    table = [(one.cell, one.person, one.column, one.given, one.why, one.allowed) for one in lines]
    name = row.file.name + "-" + _("Errors") + ".csv"
    return attachment(write_csv([head, *table]), name, CSV)


def _to_page(request: Request, row: SheetImport) -> HttpResponse:
    return redirect("sheets:columns", request.organisation.key, row.public_id)


def _checked(request: Request, row: SheetImport, part: str = "") -> HttpResponse:
    trial = try_out(row, on=request.today)
    context = check_page(trial, request.actor) | {"sheet": row, "target": trial.target}
    context |= {"crumbs": crumbs(request, row.file.name), "steps": steps()}
    return render(request, f"sheets/columns.html{part}", context)


def _ended(request: Request, row: SheetImport) -> HttpResponse:
    context = {
        "sheet": row,
        "target": target_of(row),
        "kind": KINDS[row.kind],
        "state": STATES[row.state],
        "tone": STATE_TONES[row.state],
        "crumbs": crumbs(request, row.file.name),
        "steps": steps(),
    }
    return render(request, "sheets/outcome.html", context)
