"""One's own outside certificates: the list, a new one, a changed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.claims import saying
from craftpath.delivery.web.claims.forms import ChangeForm, ClaimForm
from craftpath.delivery.web.claims.places import own_claim, tabs, to_claim
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.claims import actions, queries
from craftpath.domain.claims.states import CLAIM
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.claims.models import Claim

A_PAGE = 20


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """What one has claimed anywhere on this site, the newest first."""
    page = Paginator(queries.claims_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "mine"),
        "page": page,
        "cards": [saying.card(request, row) for row in page],
        "unread": {row.public_id for row in page if row.decided_at is not None and row.told_at is None},
    }
    return render(request, "claims/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, organisation: str) -> HttpResponse:
    """Claim one: a photo and what stands on it."""
    form = ClaimForm(request.POST, request.FILES) if request.method == "POST" else ClaimForm()
    made: list[Claim] = []

    def act() -> None:
        files = [(one.read(), one.name) for one in form.cleaned_data["evidence"]]
        made.append(
            actions.claim_certificate(
                request.organisation, form.told, files, made_id=form.cleaned_data["made_id"], by=request.actor,
                at=request.at,
            )
        )  # fmt: skip

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Claimed. An officer looks at it; you hear of the answer."), act)
        if not status:
            return redirect("claims:claim", organisation, made[0].public_id)
    crumbs = [step(request, _("Outside certificates"), "claims:mine"), here(_("Add a certificate"))]
    return render(request, "claims/new.html", {"form": form, "crumbs": crumbs}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, organisation: str, claim: str) -> HttpResponse:
    """Say it otherwise, or hand a returned one in again."""
    row = own_claim(request, claim)
    if not CLAIM.can(row.state, "change"):
        raise Refused(not_now("claims.not_open"))
    form = ChangeForm(request.POST if request.method == "POST" else None, row=row)

    def act() -> None:
        revision = form.cleaned_data["revision"]
        actions.change_claim(row, form.told, revision=revision, by=request.actor, at=request.at)

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Kept. An officer looks at it."), act)
        if not status:
            return redirect("claims:claim", organisation, row.public_id)
    context = {"form": form, "row": row, "crumbs": to_claim(request, row, pgettext("a claim", "Change it"))}
    return render(request, "claims/change.html", context, status=status)
