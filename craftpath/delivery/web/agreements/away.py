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
from craftpath.delivery.web.agreements.showing import TONES, left_of
from craftpath.delivery.web.agreements.smaller import AbsenceForm
from craftpath.delivery.web.agreements.whole import whole_page
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.agreements import actions, queries, rules, texts
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

ROWS = 50
MORE = "agreements.more_than_left"


@require_GET
@needs(Permission.MANAGE_AGREEMENTS)
def absences(request: Request, organisation: str) -> HttpResponse:
    """What waits for an answer first; kinds and reasons stay closed until somebody opens one."""
    waiting = list(queries.absences().filter(state="requested").order_by("starts_on", "pk")[:ROWS])
    books = queries.leave_books([row.agreement for row in waiting])
    page = Paginator(queries.absences().exclude(state="requested"), ROWS).get_page(request.GET.get("page"))
    shown = {
        "waiting": [
            (
                row,
                books[row.agreement_id].workdays(row.starts_on, row.ends_on),
                left_of(books[row.agreement_id], row.starts_on.year, request.today),
            )
            for row in waiting
        ],
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
    warned = False
    if form.is_valid():
        beyond = request.POST.get("beyond") == "1"
        try:
            actions.request_absence(
                found, **form.cleaned_data, beyond=beyond, by=request.actor, at=request.at
            )
            messages.success(request, _("On its way. You see the answer here."))
            return redirect(*home(request, found))
        except Refused as refused:
            form.add_error(None, sentence(refused.verdict))
            warned = refused.verdict.reason == MORE
    context = whole_page(request, found, absence_form=form, warned=warned)
    return render(request, "agreements/agreement.html", context, status=422)


@require_POST
def answer(request: Request, organisation: str, absence: str) -> HttpResponse:
    """Approve, refuse with a reason, or take back."""
    found = get_object_or_404(queries.absences(), public_id=absence)
    require(rules.may_read(request.actor, found.agreement))
    do, words = request.POST.get("do", ""), request.POST.get("answer", "").replace("\0", "")[:1000]
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if do == "approve":
        try:
            actions.approve_absence(found, answer=words, beyond=request.POST.get("beyond") == "1", **by)
            messages.success(request, _("Approved."))
        except Refused as refused:
            if refused.verdict.reason != MORE:
                raise
            messages.warning(request, _("Not approved yet: open it first, it asks for more than is left."))
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
    book = queries.leave_books([found.agreement])[found.agreement_id]
    annual = found.kind == "annual_leave" and book.is_agreed
    over = book.over(found.starts_on, found.ends_on, request.today, asked=True) if annual else None
    shown = {
        "absence": found,
        "words": words,
        "days": book.workdays(found.starts_on, found.ends_on),
        "leave": left_of(book, found.starts_on.year, request.today) if annual else None,
        "over": over is not None and found.state == "requested",
        "kind": texts.KINDS_OF_ABSENCE[found.kind],
        "decides": bool(rules.may_decide_absence(request.actor, found)) and found.state == "requested",
    }
    return render(request, "agreements/reason.html", shown)
