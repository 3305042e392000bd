"""Leave and absences: asked for by the apprentice, decided by whoever looks after the agreement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.agreements.places import home, readable, tabs
from craftpath.delivery.web.agreements.showing import TONES
from craftpath.delivery.web.agreements.smaller import AbsenceForm
from craftpath.delivery.web.agreements.views import page as whole_page
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.agreements import actions, queries, rules, texts
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

ROWS = 50


@require_GET
@needs(Permission.MANAGE_AGREEMENTS)
def absences(request: Request, organisation: str) -> HttpResponse:
    """What waits for an answer first; kinds and reasons stay closed until somebody opens one."""
    waiting = list(queries.absences().filter(state="requested").order_by("starts_on", "pk")[:ROWS])
    page = Paginator(queries.absences().exclude(state="requested"), ROWS).get_page(request.GET.get("page"))
    shown = {
        "waiting": waiting,
        "page": page,
        "rows": [(row, texts.ABSENCE_STATES[row.state], TONES[row.state]) for row in page.object_list],
        "tabs": tabs(request, "agreements:absences"),
    }
    return render(request, "agreements/absences.html", shown)


@require_POST
def ask(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Ask for leave, or tell an absence."""
    found = readable(request, agreement)
    require(rules.may_ask_absence(request.actor, found))
    form = AbsenceForm(request.POST)
    if form.is_valid():
        try:
            actions.request_absence(found, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("On its way. You see the answer here."))
            return redirect(*home(request, found))
        except Refused as refused:
            form.add_error(None, sentence(refused.verdict))
    context = whole_page(request, found, absence_form=form)
    return render(request, "agreements/agreement.html", context, status=422)


@require_POST
def answer(request: Request, organisation: str, absence: str) -> HttpResponse:
    """Approve, refuse with a reason, or take back."""
    found = get_object_or_404(queries.absences(), public_id=absence)
    require(rules.may_read(request.actor, found.agreement))
    do, words = request.POST.get("do", ""), request.POST.get("answer", "").replace("\0", "")[:1000]
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if do == "approve":
        actions.approve_absence(found, answer=words, **by)
        messages.success(request, _("Approved."))
    elif do == "refuse":
        actions.refuse_absence(found, answer=words, **by)
        messages.success(request, _("Refused. The apprentice reads your reason."))
    elif do == "withdraw":
        actions.withdraw_absence(found, **by)
        messages.success(request, _("Taken back."))
        return redirect(*home(request, found.agreement))
    else:
        raise Http404
    return redirect("agreements:absences", organisation)


@require_POST
def reason(request: Request, organisation: str, absence: str) -> HttpResponse:
    """Open kind and reason, which may speak of health; for others than the apprentice that is recorded."""
    found = get_object_or_404(queries.absences(), public_id=absence)
    words = actions.open_reason(found, by=request.actor, at=request.at)
    shown = {
        "absence": found,
        "words": words,
        "kind": texts.KINDS_OF_ABSENCE[found.kind],
        "decides": bool(rules.may_decide_absence(request.actor, found)) and found.state == "requested",
    }
    return render(request, "agreements/reason.html", shown)
