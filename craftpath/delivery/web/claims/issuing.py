"""Issuers of digital credentials whom the office knows."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.claims.forms import IssuerForm
from craftpath.delivery.web.claims.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.claims import actions, queries, rules
from craftpath.kernel.roles import Permission

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.VERIFY_CLAIMS)
def issuers(request: Request, organisation: str) -> HttpResponse:
    """Those of this office and of the ones above it; one more."""
    form = IssuerForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.trust_issuer(request.organisation, **form.cleaned_data, by=request.actor, at=request.at)

    status = 200
    if request.method == "POST":
        status = tried(request, form, pgettext("an issuer", "Added."), act)
        if not status:
            return redirect("claims:issuers", organisation)
    rows = queries.issuers(request.organisation, request.today)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "issuers"),
        "form": form,
        "page": page,
        "rows": [(row, bool(rules.may_trust(request.actor, row.organisation))) for row in page],
    }
    return render(request, "claims/issuers.html", context, status=status)


@require_POST
@needs(Permission.VERIFY_CLAIMS)
def drop(request: Request, organisation: str, issuer: str) -> HttpResponse:
    """No longer trusted; what was verified stays as it was."""
    rows = queries.issuers(request.organisation, request.today)
    row = get_object_or_404(rows, public_id=plain_id(issuer))
    actions.drop_issuer(row, by=request.actor, at=request.at)
    messages.success(request, _("No longer trusted from today on."))
    return redirect("claims:issuers", organisation)
