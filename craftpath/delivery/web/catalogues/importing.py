"""A file of a catalogue: uploaded, looked at, taken in or put away, undone."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.catalogues.reading import BYTES
from craftpath.delivery.exchange.catalogues.taking import at_once
from craftpath.delivery.web.catalogues.listing import to_list
from craftpath.delivery.web.catalogues.texts import COUNTS, KINDS, LAYOUTS, TONES, fault
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.occupations import actions, rules
from craftpath.domain.occupations import catalogues as queries
from craftpath.domain.occupations.texts import IMPORT_STATES
from craftpath.kernel.progress import progress_of
from craftpath.values.verdict import require

MEGABYTE = 2**20


class FileForm(forms.Form):
    """A file and its layout."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    layout = forms.ChoiceField(
        label=gettext_lazy("Layout of the file"),
        choices=list(LAYOUTS.items()),
        widget=forms.RadioSelect,
        initial="esco",
    )
    file = forms.FileField(label=gettext_lazy("File"))

    def clean_file(self) -> Any:
        """Not more than is looked at."""
        given = self.cleaned_data["file"]
        if given.size > BYTES:
            raise forms.ValidationError(
                _("A file has at most %(megabytes)s MB.") % {"megabytes": BYTES // MEGABYTE}
            )
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, organisation: str) -> HttpResponse:
    """Upload; small files are looked at while one waits."""
    require(rules.may_import(request.actor, request.organisation))
    form, status, kept = FileForm(initial={"made_id": uuid.uuid4()}), 200, []
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)

        def act() -> None:
            given = form.cleaned_data
            row = actions.keep_import(
                content=given["file"].read(), name=given["file"].name, layout=given["layout"],
                made_id=given["made_id"], organisation=request.organisation, by=request.actor, at=request.at,
            )  # fmt: skip
            kept.append(at_once(row, by=request.actor, at=request.at))

        status = tried(request, form, _("Kept. Nothing of it counts yet: look at the report."), act)
        if not status:
            return redirect("catalogues:import", organisation, kept[0].public_id)
    context = {"form": form, "crumbs": to_list(request, here(_("Take a catalogue in")))}
    return render(request, "catalogues/new.html", context, status=status)


@require_GET
def report(request: Request, organisation: str, taken: str) -> HttpResponse:
    """What taking it in would change, or what is wrong; a large one says how far it is."""
    row = get_object_or_404(queries.imports(), public_id=plain_id(taken))
    require(rules.may_import(request.actor, row.organisation))
    far = progress_of(row.public_id) if row.state in ("checking", "taking") else None
    counts = row.report.get("counts", {})
    context = {
        "row": row,
        "state": IMPORT_STATES[row.state],
        "tone": TONES.get(row.state, "plain"),
        "layout": LAYOUTS[row.layout],
        "percent": round(far.share * 100) if far else None,
        "counts": [(COUNTS[key], counts[key]) for key in COUNTS if key in counts],
        "kinds": [(KINDS[key], number) for key, number in row.report.get("kinds", {}).items()],
        "faults": [fault(one) for one in row.report.get("faults", ())],
        "more": row.report.get("more", 0),
        "crumbs": to_list(request, here(row.file.name)),
    }
    return render(request, "catalogues/import.html", context)


@require_POST
def move(request: Request, organisation: str, taken: str) -> HttpResponse:
    """Take it in, undo it, or put it away."""
    row = get_object_or_404(queries.imports(), public_id=plain_id(taken))
    do = request.POST.get("do", "")
    if do == "take":
        row = actions.begin_import(row, by=request.actor, at=request.at)
        at_once(row, by=request.actor, at=request.at)
        messages.success(request, _("Taken in, or on its way with a worker: the page says which."))
    elif do == "undo":
        actions.undo_import(row, by=request.actor, at=request.at)
        messages.success(request, _("Undone. Everything is as it was before."))
    elif do == "drop":
        actions.drop_import(row, by=request.actor, at=request.at)
        messages.success(request, _("Dropped."))
        return redirect("catalogues:list", organisation)
    else:
        raise Http404
    return redirect("catalogues:import", organisation, row.public_id)
