"""The list of imports, and the way in: choose what to import, give the file, get a template."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.gist import is_large
from craftpath.delivery.exchange.knowledge import marks_knowledge
from craftpath.delivery.exchange.templates import marks_template, roster_template
from craftpath.delivery.exchange.trial import Target, first_reading
from craftpath.delivery.web.sheets import targets
from craftpath.delivery.web.sheets.forms import MEGABYTE, UploadForm, limit_text, too_big
from craftpath.delivery.web.sheets.texts import KINDS, STATE_TONES, counts_line, work_state
from craftpath.delivery.web.sheets.trail import crumbs, steps
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.programmes.queries import stages_of
from craftpath.kernel.roles import Permission
from craftpath.kernel.sheets import take_sheet
from craftpath.kernel.sheetwork import ask_work, work_on
from craftpath.values.text import Text

PER_PAGE = 50


@require_GET
@needs(Permission.IMPORT_ROSTER, Permission.IMPORT_MARKS)
def show_imports(request: Request, organisation: str) -> HttpResponse:
    """All imports, newest first; with `?new`, what may be imported."""
    if "new" in request.GET:
        may_roster = bool(request.actor.may(Permission.IMPORT_ROSTER))
        context = {"choices": targets.choices(request), "may_roster": may_roster}
        context |= {"crumbs": crumbs(request, _("Import a sheet"))}
        return render(request, "sheets/choose.html", context)
    page = Paginator(targets.own_imports(request), PER_PAGE).get_page(request.GET.get("page"))
    names = targets.names_of(page.object_list)
    work = work_on(page.object_list)
    rows = [
        {
            "sheet": row,
            "kind": KINDS[row.kind],
            "target": names[row.target],
            "state": work_state(row, work.get(row.pk)),
            "tone": STATE_TONES[row.state],
            "counts": counts_line(row),
        }
        for row in page.object_list
    ]
    return render(request, "sheets/list.html", {"page": page, "rows": rows})


@csrf_exempt  # the body stays unread until its declared size is known; `_take` is protected
@require_http_methods(["GET", "POST"])
def upload(request: Request, organisation: str, kind: str, target: str) -> HttpResponse:
    """The form for one file; a file beyond the limit is refused before it is read."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    size = int(declared) if declared.isdecimal() else 0
    if request.method == "POST" and size > settings.UPLOAD_LIMIT + MEGABYTE:
        found = targets.find_target(request, kind, target)
        context = _upload_page(request, found, UploadForm())
        return render(request, "sheets/upload.html", context | {"refused": too_big(size)}, status=413)
    return _take(request, kind, target)


@csrf_protect
def _take(request: Request, kind: str, target: str) -> HttpResponse:
    """Keep a file that can be read and go on to its check."""
    found = targets.find_target(request, kind, target)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        large = form.book is None or is_large(form.book, found)
        with transaction.atomic():
            sheet = take_sheet(
                content=form.content,
                name=form.cleaned_data["file"].name,
                kind=kind,
                target=found.ref,
                reading={} if form.book is None else first_reading(form.book, found).as_json(),
                organisation=found.cohort.organisation,
                by=request.actor,
                at=request.at,
            )
            if large:
                ask_work(sheet, "check", by=request.actor, at=request.at)
        return redirect("sheets:columns", request.organisation.key, sheet.public_id)
    context = _upload_page(request, found, form)
    return render(request, "sheets/upload.html", context, status=422 if form.errors else 200)


def _upload_page(request: Request, target: Target, form: UploadForm) -> dict[str, Any]:
    title = _("Import marks") if target.evaluation else _("Import a roster")
    trail = {"crumbs": crumbs(request, title), "steps": steps()}
    return {"target": target, "form": form, "limit": limit_text(), **trail}


@require_GET
def template(request: Request, organisation: str, kind: str, target: str) -> HttpResponse:
    """A workbook to fill in: headers in the reader's language, people and marks of today."""
    found = targets.find_target(request, kind, target)
    language = request.LANGUAGE_CODE
    cohort = Text.of(found.cohort.name).say(language)
    if found.evaluation is None:
        stages = [Text.of(stage.name).say(language) for stage in stages_of(found.cohort.programme_id)]
        content = roster_template(language, stages)
    else:
        known = marks_knowledge(found.evaluation)
        content = marks_template(known.items, known.people, language, known.marks)
    return attachment(content, f"{slugify(cohort, allow_unicode=True)}-{KINDS[Kind(kind)]}.xlsx", XLSX)
