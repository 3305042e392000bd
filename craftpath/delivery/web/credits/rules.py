"""What outcomes are worth: rows with dates, of the site and of one's institution."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.credits import goals
from craftpath.delivery.web.credits.forms import EarningForm
from craftpath.delivery.web.credits.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.credits import actions, queries
from craftpath.domain.credits import rules as allowed
from craftpath.domain.credits.matching import in_force
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

A_PAGE = 30
MOST_ROWS = 200


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_CREDITS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All rows, those in force and those that come first; the office begins new ones."""
    keeps = bool(allowed.may_keep(request.actor, request.organisation))
    if request.method == "POST":
        require(allowed.may_keep(request.actor, request.organisation))
    own = queries.earning_rules(request.organisation).filter(organisation=request.organisation)
    form = EarningForm(
        request.POST if request.method == "POST" else None,
        areas=list(queries.areas()),
        rows=in_force(own[:MOST_ROWS], request.today),
        initial={"valid_from": request.today},
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        actions.begin_earning(
            request.organisation, form.areas[given["area"]], form.new, key=given["replaces"], today=request.today,
            by=request.actor, at=request.at,
        )  # fmt: skip

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("The row begins on its day."), act)
        if not status:
            return redirect("credits:rules", organisation)
    page = Paginator(queries.earning_rules(request.organisation), A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "tabs": tabs(request, "credits:rules"),
        "page": page,
        "rows": [(row, goals.earning(row, request.today)) for row in page],
        "form": form if keeps else None,
        "ready": bool(form.areas),
        "own": request.organisation.pk,
        "today": request.today,
        "example": any(row.example for row in page),
    }
    return render(request, "credits/rules.html", context, status=status)


@require_POST
@needs(Permission.DECIDE_CREDITS)
def end(request: Request, organisation: str, rule: str) -> HttpResponse:
    """A row of one's institution ends today."""
    rows = queries.earning_rules(request.organisation).filter(organisation=request.organisation)
    row = get_object_or_404(rows, public_id=plain_id(rule))
    actions.end_earning(row, on=request.today, today=request.today, by=request.actor, at=request.at)
    messages.success(request, pgettext("a row of rules", "It ends today."))
    return redirect("credits:rules", organisation)
