"""One page from a kept file to rows: how it is read, what would happen, and the button that does it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from craftpath.delivery.exchange.annotating import annotated
from craftpath.delivery.exchange.commit import commit_marks, commit_roster
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.gist import gist_of, kept_gist
from craftpath.delivery.exchange.trial import Reading, book_of, target_of, try_out
from craftpath.delivery.exchange.writing import write_csv
from craftpath.delivery.web.sheets import working
from craftpath.delivery.web.sheets.check_page import check_page, each_error
from craftpath.delivery.web.sheets.forms import posted_reading
from craftpath.delivery.web.sheets.targets import find_import
from craftpath.delivery.web.sheets.texts import KINDS, STATE_TONES, STATES, outcome_line, undone_line
from craftpath.delivery.web.sheets.trail import crumbs, steps
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.sheets import SHEET, UNDO_WITHIN, SheetImport, can_undo, discard_sheet, read_sheet_as
from craftpath.kernel.sheetwork import SheetWork, ask_work, work_on
from craftpath.values.verdict import Refused

_COMMIT = {Kind.ROSTER: commit_roster, Kind.MARKS: commit_marks}


@require_GET
def columns(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """The check of an import on its way, or how far the worker is with it; the outcome of one that has ended."""
    row = find_import(request, sheet)
    work = work_on([row]).get(row.pk)
    if work is not None and work.state == "asked":
        return working.progress(request, row, work)
    if (
        request.htmx and request.headers.get("HX-Target") == "progress"
    ):  # the wait is over: show what came of it
        return working.again()
    if row.state != SHEET.start:
        return _ended(request, row, work)
    if work is not None and not row.reading:
        return working.stopped(request, row, work)
    return _checked(request, row, work)


@require_POST
def check(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """Read the sheet as chosen, and check again; a large one is for the worker."""
    row = find_import(request, sheet)
    work = work_on([row]).get(row.pk)
    busy = work is not None and work.state == "asked"
    if (
        row.state != SHEET.start or busy
    ):  # ended or begun in another tab: its page takes the place of this one
        return _whole_page(request, row)
    if work is not None and not row.reading:
        ask_work(row, "check", by=request.actor, at=request.at)
        return _to_page(request, row)
    before = Reading.from_json(row.reading)
    reading = posted_reading(request.POST, book_of(row), target_of(row), before)
    if reading != before:
        row = read_sheet_as(row, reading=reading.as_json(), by=request.actor, at=request.at)
    if work is not None:
        if reading != before or kept_gist(row) is None:
            ask_work(row, "check", by=request.actor, at=request.at)
        return _whole_page(request, row)
    return _checked(request, row, None, part="#check") if request.htmx else _to_page(request, row)


@require_POST
def commit(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """Take everything in, or nothing. Somebody who is too late is shown what came of it instead."""
    row = find_import(request, sheet)
    if row.state == SHEET.start and work_on([row]):
        if row.reading:
            ask_work(row, "commit", seen=request.POST.get("seen", ""), by=request.actor, at=request.at)
        return _to_page(request, row)
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
    work = work_on([row]).get(row.pk)
    if row.state != SHEET.start or (work is not None and work.state == "asked"):
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


@require_GET
def annotated_sheet(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """The reader's own sheet with every faulty cell coloured and explained, to mend and upload again."""
    row = find_import(request, sheet)
    content = annotated(row.file.bytes(), try_out(row, on=request.today))
    stem = row.file.name.rpartition(".")[0] or row.file.name
    return attachment(content, f"{stem}-Craftpath.xlsx", XLSX)


def _to_page(request: Request, row: SheetImport) -> HttpResponse:
    return redirect("sheets:columns", request.organisation.key, row.public_id)


def _whole_page(request: Request, row: SheetImport) -> HttpResponse:
    """The same, also when only a part of a page was asked for."""
    page = _to_page(request, row)
    return HttpResponseClientRedirect(page["Location"]) if request.htmx else page


def _checked(request: Request, row: SheetImport, work: SheetWork | None, part: str = "") -> HttpResponse:
    """The check, from what the worker kept if it is a large sheet, else tried out on the spot."""
    gist = kept_gist(row) if work is not None else None
    target = target_of(row)
    context: dict[str, Any] = {"sheet": row, "target": target}
    if gist is None:
        trial = try_out(row, on=request.today)
        gist, context["trial"] = gist_of(trial), trial
    context |= check_page(gist, target, request.actor)
    context |= {"crumbs": crumbs(request, row.file.name), "steps": steps(), "work": work}
    context["refused"] = working.reason(work) if work is not None and work.state == "refused" else ""
    return render(request, f"sheets/columns.html{part}", context)


def _ended(request: Request, row: SheetImport, work: SheetWork | None = None) -> HttpResponse:
    context = {
        "sheet": row,
        "target": target_of(row),
        "kind": KINDS[row.kind],
        "state": STATES[row.state],
        "tone": STATE_TONES[row.state],
        "crumbs": crumbs(request, row.file.name),
        "steps": steps(),
        "may_undo": bool(can_undo(row, request.at)),
        "undo_until": row.ended_at + UNDO_WITHIN if row.ended_at else None,
        "undone": undone_line(row.outcome) if row.state == "undone" else "",
        "refused": working.reason(work) if work is not None and work.state == "refused" else "",
    }
    return render(request, "sheets/outcome.html", context)
