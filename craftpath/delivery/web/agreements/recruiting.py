"""Applications and wage floors."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.agreements.forms import minor
from craftpath.delivery.web.agreements.places import enterprises, open_cohorts, tabs
from craftpath.delivery.web.agreements.showing import TONES
from craftpath.delivery.web.agreements.smaller import ApplyForm, FloorForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.agreements import actions, queries, texts
from craftpath.domain.apprenticeships.queries import next_number
from craftpath.kernel.roles import Permission
from craftpath.values.paper import money
from craftpath.values.verdict import Refused

ROWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def applications(request: Request, organisation: str) -> HttpResponse:
    """Who applied and what became of it; a new one is noted here."""
    form = ApplyForm(request.POST or None, cohorts=open_cohorts(), places=enterprises(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_in(form):
            actions.apply_for_place(
                form.cohorts[given["cohort"]],
                form.newcomer(),
                enterprise=form.places.get(given["enterprise"]),
                note=given["note"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Noted."))
            return redirect("agreements:applications", organisation)
    page = Paginator(queries.applications(), ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [(row, texts.APPLICATION_STATES[row.state], TONES[row.state]) for row in page.object_list],
        "form": form,
        "tabs": tabs(request, "agreements:applications"),
    }
    return render(request, "agreements/applications.html", shown, status=422 if form.errors else 200)


@require_POST
@needs(Permission.MANAGE_AGREEMENTS)
def application(request: Request, organisation: str, application: str) -> HttpResponse:
    """Offer, decline, withdraw, or accept, which leads on to the draft."""
    found = get_object_or_404(queries.applications(), public_id=application)
    do = request.POST.get("do", "")
    if do == "accept":
        made = actions.accept_offer(found, number=next_number(found.cohort), by=request.actor, at=request.at)
        return redirect("agreements:edit", organisation, made.public_id)
    verbs = {
        "offer": actions.offer_place,
        "decline": actions.decline_application,
        "withdraw": actions.withdraw_application,
    }
    if do not in verbs:
        raise Http404
    verbs[do](found, by=request.actor, at=request.at)
    messages.success(request, _("Recorded."))
    return redirect("agreements:applications", organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def floors(request: Request, organisation: str) -> HttpResponse:
    """Local minimum wages from their day on; entered here, and confirmed against their source."""
    places = list(request.organisation.below().order_by("path"))
    confirm = request.POST.get("confirm", "").replace("\0", "")
    if confirm:
        found = get_object_or_404(queries.wage_floors(), public_id=confirm)
        actions.confirm_floor(found, by=request.actor, at=request.at)
        messages.success(request, _("Confirmed."))
        return redirect("agreements:floors", organisation)
    form = FloorForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.enter_floor(
                form.places[given["place"]],
                amount=minor(given["amount"]),
                currency=given["currency"],
                per=given["per"],
                valid_from=given["valid_from"],
                source=given["source"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Entered. Confirm it against its source."))
            return redirect("agreements:floors", organisation)
        except Refused as refused:
            form.add_error(None, sentence(refused.verdict))
    rows = [
        (row, money(row.amount, row.currency), texts.PER[row.per]) for row in queries.wage_floors()[:ROWS]
    ]
    shown = {"form": form, "rows": rows, "tabs": tabs(request, "agreements:floors")}
    return render(request, "agreements/floors.html", shown, status=422 if form.errors else 200)
