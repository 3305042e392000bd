"""How far the worker is with a large import: a page that looks again by itself, and a way to take the wish back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.exchange.texts import REFUSALS
from craftpath.delivery.exchange.texts import sentence as sheet_sentence
from craftpath.delivery.exchange.trial import target_of
from craftpath.delivery.web.sheets.targets import find_import
from craftpath.delivery.web.sheets.texts import KINDS, PHASES, WORKING, time_left
from craftpath.delivery.web.sheets.trail import crumbs, steps
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.progress import Progress, progress_of
from craftpath.kernel.sheets import SheetImport, discard_sheet
from craftpath.kernel.sheetwork import SheetWork, cancel_work, work_on
from craftpath.values.verdict import Refused, Verdict


def progress(request: Request, row: SheetImport, work: SheetWork) -> HttpResponse:
    """Phase, rows done and time left; asked by htmx, only the part that changes."""
    found = progress_of(row.public_id)
    context = {
        "sheet": row,
        "target": target_of(row),
        "kind": KINDS[row.kind],
        "work": work,
        "doing": WORKING[work.task],
        "phase": PHASES[found.phase if found and found.phase in PHASES else ""],
        "percent": round(100 * found.share) if found else 0,
        "rows": found if found and found.total > 1 else None,
        "left": time_left(found.left) if found else "",
        "may_cancel": not _writes(found),
        "crumbs": crumbs(request, row.file.name),
        "steps": steps(),
    }
    part = "#progress" if request.htmx else ""
    return render(request, f"sheets/progress.html{part}", context)


def stopped(request: Request, row: SheetImport, work: SheetWork) -> HttpResponse:
    """A check that came to nothing though the file may be sound: why, and a button to try again."""
    context = {
        "sheet": row,
        "target": target_of(row),
        "kind": KINDS[row.kind],
        "reason": reason(work),
        "crumbs": crumbs(request, row.file.name),
        "steps": steps(),
    }
    return render(request, "sheets/stopped.html", context)


def again() -> HttpResponse:
    """Tell htmx to load the whole page anew."""
    response = HttpResponse(status=204)
    response.headers["HX-Refresh"] = "true"
    return response


def reason(work: SheetWork) -> str:
    """Why the worker refused, in the reader's language."""
    if work.reason in REFUSALS:
        return sheet_sentence(work.reason, work.facts)
    return sentence(Verdict(work.reason, work.facts)) if work.reason else ""


@require_POST
def cancel(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """Take back what was asked, until rows are being written. A check that is taken back discards the import."""
    row = find_import(request, sheet)
    work = work_on([row]).get(row.pk)
    if work is None or work.state != "asked":
        return redirect("sheets:columns", organisation, row.public_id)
    too_late = _("It is too late to cancel: the rows are being written. Once it is done you can undo it.")
    if _writes(progress_of(row.public_id)):
        messages.warning(request, too_late)
        return redirect("sheets:columns", organisation, row.public_id)
    try:
        work = cancel_work(work, by=request.actor, at=request.at)
    except Refused:
        messages.warning(request, too_late)
        return redirect("sheets:columns", organisation, row.public_id)
    if work.task == "check" and not row.reading:
        discard_sheet(row, by=request.actor, at=request.at)
        messages.success(request, _("Cancelled; nothing was imported. The file is kept with its import."))
        return redirect("sheets:list", organisation)
    messages.success(request, _("Cancelled; nothing was imported."))
    return redirect("sheets:columns", organisation, row.public_id)


def _writes(found: Progress | None) -> bool:
    return found is not None and found.phase == "writing"
