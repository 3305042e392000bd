"""Frameworks coming in: the upload, its check, and taking it in. A file that is refused stays to be looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.exchange.frameworks.taking import (
    KIND,
    NEW,
    can_take,
    keep_file,
    take_file,
    target_of,
    trial_of,
)
from craftpath.delivery.exchange.frameworks.texts import sentence as why
from craftpath.delivery.exchange.frameworks.trial import read_file, suggested
from craftpath.delivery.web.frameworks import saying
from craftpath.delivery.web.frameworks.places import tabs
from craftpath.delivery.web.frameworks.reading import CHANGE_TONES, counted
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.standards import queries, rules
from craftpath.domain.standards.texts import CHANGES, FIELDS
from craftpath.kernel.roles import Permission
from craftpath.kernel.sheets import SHEET, SheetImport, discard_sheet, imports, read_sheet_as
from craftpath.values.verdict import Refused

PER_PAGE = 30
LINES = 250
MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """One file; how large it may be is said before it is read."""

    file = forms.FileField(
        label=gettext_lazy("Choose the file, or drop it here"),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv,.json"}),
    )

    def clean_file(self) -> Any:
        """Too large is refused; whether it can be read is shown on the next page, where it is kept."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            facts = {"megabytes": -(-file.size // MEGABYTE), "limit": settings.UPLOAD_LIMIT // MEGABYTE}
            raise forms.ValidationError(
                _("The file has %(megabytes)s MB; at most %(limit)s MB can be taken in.") % facts
            )
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_FRAMEWORKS)
def uploads(request: Request, organisation: str) -> HttpResponse:
    """What came in so far, and the way in for one more."""
    form, status = UploadForm(request.POST or None, request.FILES or None), 200
    into = plain_id(request.POST.get("into", request.GET.get("into", "")))
    if request.method == "POST":
        status = 422
        if form.is_valid():
            return _kept(request, form.cleaned_data["file"], into)
    page = Paginator(_own(request), PER_PAGE).get_page(request.GET.get("page"))
    names = _names(page.object_list)
    states = {
        "uploaded": (pgettext("an import", "being checked"), "attention"),
        "committed": (pgettext("an import", "taken in"), "good"),
        "discarded": (pgettext("an import", "put aside"), "plain"),
        "undone": (pgettext("an import", "undone"), "plain"),
    }
    context = {
        "form": form,
        "into": into,
        "into_name": next((text(row.name) for row in queries.frameworks().filter(public_id=into)), "")
        if into
        else "",
        "limit": settings.UPLOAD_LIMIT // MEGABYTE,
        "page": page,
        "rows": [(row, names.get(row.target, ""), *states[row.state]) for row in page.object_list],
        "tabs": tabs(request, "frameworks:imports"),
    }
    return render(request, "frameworks/imports.html", context, status=status)


def _own(request: Request) -> Any:
    return imports().filter(organisation__in=request.organisation.below(), kind=KIND)


def _names(rows: Any) -> dict[str, str]:
    ids = {row.target: row.target.rsplit("/", 1)[-1] for row in rows}
    named = {row.public_id: text(row.name) for row in queries.frameworks().filter(public_id__in=ids.values())}
    return {target: named.get(public_id, "") for target, public_id in ids.items()}


def _kept(request: Request, file: Any, into: str) -> HttpResponse:
    content = file.read()
    if not into:
        found = suggested(read_file(content, file.name), list(queries.frameworks()), request.actor)
        into = found.public_id if found is not None else NEW
    sheet = keep_file(
        content=content,
        name=file.name,
        into=into,
        organisation=request.organisation,
        by=request.actor,
        at=request.at,
    )
    return redirect("frameworks:check", request.organisation.key, sheet.public_id)


def _found(request: Request, public_id: str) -> SheetImport:
    row: SheetImport = get_object_or_404(_own(request), public_id=plain_id(public_id))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_FRAMEWORKS)
def check(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """What would change: new, changed, the same, refused. The choices are kept with the file."""
    row = _found(request, sheet)
    if request.method == "POST" and row.state == SHEET.start:
        into = plain_id(request.POST.get("into", NEW)) or NEW
        reading = {"into": into, "remove": request.POST.get("remove") == "on"}
        read_sheet_as(row, reading=reading, by=request.actor, at=request.at)
        return redirect("frameworks:check", organisation, sheet)
    return _page(request, row)


def _page(request: Request, row: SheetImport, refused: str = "", status: int = 200) -> HttpResponse:
    into = target_of(row)
    trial = trial_of(row)
    if row.state == SHEET.start and not (verdict := can_take(row)):
        refused = sentence(verdict)
    lists = [
        one for one in queries.frameworks().exclude(state="retired") if rules.may_edit(request.actor, one)
    ]
    lines = [line for line in trial.comparison.lines if line.state not in ("same", "gone")]
    page = Paginator(lines, LINES).get_page(request.GET.get("page"))
    gone = [saying.words(line.name).here for line in trial.comparison.lines if line.state == "gone"]
    context = {
        "sheet": row,
        "open": row.state == SHEET.start,
        "trial": trial,
        "refused": refused,
        "faults": [(fault.place, fault.given, why(fault)) for fault in trial.faults],
        "remarks": [(fault.place, fault.given, why(fault)) for fault in trial.remarks],
        "counts": counted({**trial.comparison.counts, "gone": 0}),
        "about": [
            (str(FIELDS[one.field]), saying.field(one.before), saying.field(one.after))
            for one in trial.comparison.about
        ] if into is not None else [],
        "lines": [
            (
                saying.words(line.name), CHANGES[line.state], CHANGE_TONES[line.state],
                [
                    (str(FIELDS[one.field]), saying.field(one.before), saying.field(one.after))
                    for one in line.changes
                ],
            )
            for line in page.object_list
        ],
        "page": page,
        "gone": gone,
        "name": text(trial.content.name) or (text(into.name) if into else ""),
        "into": into,
        "lists": lists,
        "remove": bool(row.reading.get("remove")),
        "crumbs": [step(request, _("Imports"), "frameworks:imports"), here(row.file.name)],
    }  # fmt: skip
    return render(request, "frameworks/check.html", context, status=status)


@require_POST
@needs(Permission.EDIT_FRAMEWORKS)
def take(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """Take it in whole, or nothing of it."""
    row = _found(request, sheet)
    try:
        made = take_file(row, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        if refused.verdict.reason == "flow.not_now":
            messages.info(request, _("This import has ended already; nothing was done twice."))
            return redirect("frameworks:imports", organisation)
        return _page(request, row, refused=sentence(refused.verdict), status=409)
    messages.success(request, _("Taken into the draft. Look at it, then publish it."))
    return redirect("frameworks:edit", organisation, made.public_id)


@require_POST
@needs(Permission.EDIT_FRAMEWORKS)
def discard(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """End an import without effect; the file stays with it."""
    row = _found(request, sheet)
    if row.state == SHEET.start:
        discard_sheet(row, by=request.actor, at=request.at)
        messages.success(request, _("Put aside; nothing was taken in."))
    return redirect("frameworks:imports", organisation)
