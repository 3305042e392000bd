"""The archive of a file: asked for, how far the worker is, and the download, which is recorded."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.sheets.texts import time_left
from craftpath.delivery.web.shell.downloads import streamed
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.subsidies import saying
from craftpath.delivery.web.subsidies.places import READERS, found, to_file
from craftpath.domain.subsidies import actions, queries
from craftpath.domain.subsidies.texts import PACK_STATES
from craftpath.kernel.progress import progress_of
from craftpath.values.verdict import Verdict

ZIP = "application/zip"


@require_POST
@needs(*READERS)
def ask(request: Request, organisation: str, file: str) -> HttpResponse:
    """Let a worker put everything together; pressed twice it is one archive."""
    row = found(file)
    made = actions.ask_pack(row, language=get_language() or "zh-hans", by=request.actor, at=request.at)
    return redirect("subsidies:pack", organisation, made.public_id)


@require_GET
@needs(*READERS)
def pack(request: Request, organisation: str, pack: str) -> HttpResponse:
    """How far it is; once it is through, what came of it. Asked by htmx, only the part that changes."""
    row = get_object_or_404(queries.packs(), public_id=plain_id(pack))
    if row.state != "asked" and request.htmx:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    found_ = progress_of(row.public_id) if row.state == "asked" else None
    context = {
        "pack": row,
        "title": saying.title(row.file),
        "state": PACK_STATES[row.state],
        "percent": round(100 * found_.share) if found_ else 0,
        "time_left": time_left(found_.left) if found_ else "",
        "reason": sentence(Verdict(row.reason)) if row.reason else "",
        "crumbs": to_file(request, row.file),
    }
    part = "#progress" if request.htmx else ""
    return render(request, f"subsidies/pack.html{part}", context)


@require_POST
@needs(*READERS)
def fetch(request: Request, organisation: str, pack: str) -> FileResponse:
    """The archive; that it left the house is recorded, so it is a press and no address."""
    row = get_object_or_404(queries.packs(), public_id=plain_id(pack))
    archive = actions.fetch_pack(row, by=request.actor, at=request.at).archive
    if archive is None:
        raise Http404
    return streamed(archive.opened(), archive.size, archive.name, ZIP)
