"""Evidence: looked at by whoever claims and whoever verifies, added and taken out by whoever claims."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.claims.forms import FileForm
from craftpath.delivery.web.claims.one import page_of
from craftpath.delivery.web.claims.places import own_claim, the_evidence
from craftpath.delivery.web.shell.downloads import attachment, shown_or_saved
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.claims import actions

_SUFFIXES = {"application/json": "json", "application/jwt": "jwt"}


@require_GET
def evidence(request: Request, organisation: str, evidence: str) -> HttpResponseBase:
    """A photo to look at, all else to save."""
    row = the_evidence(request, evidence)
    name, suffix = f"evidence-{row.public_id}", _SUFFIXES.get(row.media_type)
    if suffix:
        return attachment(row.kept.bytes(), f"{name}.{suffix}", row.media_type)
    return shown_or_saved(row.kept.bytes(), name, row.media_type)


@require_POST
def add(request: Request, organisation: str, claim: str) -> HttpResponse:
    """One more."""
    row = own_claim(request, claim)
    form = FileForm(request.POST, request.FILES)

    def act() -> None:
        upload = form.cleaned_data["file"]
        actions.add_evidence(row, (upload.read(), upload.name), by=request.actor, at=request.at)

    status = tried(request, form, pgettext("a file", "Added."), act)
    if not status:
        return redirect("claims:claim", organisation, row.public_id)
    return render(request, "claims/claim.html", page_of(request, row, file=form), status=status)


@require_POST
def drop(request: Request, organisation: str, evidence: str) -> HttpResponse:
    """Take one out."""
    row = the_evidence(request, evidence)
    actions.drop_evidence(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken out."))
    return redirect("claims:claim", organisation, row.claim.public_id)
