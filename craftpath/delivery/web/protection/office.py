"""The desk: what waits, what is due first on top; one request, and what the office does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from craftpath.delivery.exchange.reasons import sentence
from craftpath.delivery.web.protection.forms import AnswerForm
from craftpath.delivery.web.protection.places import tabs
from craftpath.delivery.web.protection.saying import line
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.protection import actions, queries, rules
from craftpath.domain.protection.holds import holds_on
from craftpath.domain.protection.states import REQUEST
from craftpath.domain.protection.texts import KINDS, STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import not_now, require

if TYPE_CHECKING:
    from craftpath.domain.protection.models import DataRequest

A_PAGE = 25
DONE = {
    "answer": gettext_lazy("Answered."),
    "refuse": gettext_lazy("Refused, with the reason."),
    "lock": gettext_lazy("Locked. It is erased by itself once nothing has to be kept any more."),
    "erase": gettext_lazy("Erased."),
}


@require_GET
@needs(Permission.ANSWER_REQUESTS)
def desk(request: Request, organisation: str) -> HttpResponse:
    """What waits, without one's own; what was answered, by its state."""
    state = request.GET.get("state", "asked")
    state = state if state in STATES else "asked"
    rows = queries.desk(request.organisation, request.user).filter(state=state)
    order = ("due_on", "pk") if state == "asked" else ("-answered_at", "-pk")
    page = Paginator(rows.order_by(*order), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "desk"),
        "page": page,
        "rows": [line(row, request.today) for row in page],
        "state": state,
        "states": [(key, str(name)) for key, name in STATES.items()],
        "waiting": state == "asked",
    }
    return render(request, "protection/desk.html", context)


@require_safe
def one(request: Request, organisation: str, asked: str) -> HttpResponse:
    """What is asked, what stands against a deletion, and the answer."""
    return render(request, "protection/request.html", _page(request, _found(request, asked)))


@require_POST
def decide(request: Request, organisation: str, asked: str, verb: str) -> HttpResponse:
    """Answer, refuse, lock, erase."""
    row = _found(request, asked)
    if verb not in DONE:
        raise Http404
    worded = verb in ("answer", "refuse")
    form = AnswerForm(request.POST, auto_id=f"{verb}_%s") if worded else Form(request.POST)

    def act() -> None:
        if verb == "answer":
            actions.answer_request(row, form.cleaned_data["words"], by=request.actor, at=request.at)
        elif verb == "refuse":
            actions.refuse_request(row, form.cleaned_data["words"], by=request.actor, at=request.at)
        elif verb == "lock":
            actions.lock_person(row, by=request.actor, at=request.at)
        else:
            actions.erase_for(row, by=request.actor, at=request.at)

    status = tried(request, form, str(DONE[verb]), act)
    if not status:
        return redirect("protection:request", organisation, row.public_id)
    if not worded:
        for fault in form.non_field_errors():
            messages.error(request, str(fault))
        return redirect("protection:request", organisation, row.public_id)
    return render(request, "protection/request.html", _page(request, row) | {verb: form}, status=status)


def _page(request: Request, row: DataRequest) -> dict[str, Any]:
    against = (
        holds_on(row.person, request.today)
        if row.kind == "delete" and row.state in ("asked", "locked")
        else []
    )
    may = bool(rules.may_answer(request.actor, row))
    return line(row, request.today) | {
        "answer": AnswerForm(auto_id="answer_%s"),
        "refuse": AnswerForm(auto_id="refuse_%s"),
        "against": [sentence(not_now(one.reason, until=one.until)) for one in against],
        "runs": any(one.until is None for one in against),
        "can": {move for move in REQUEST.moves if may and REQUEST.can(row.state, move)},
        "crumbs": [step(request, _("Requests about data"), "protection:desk"), here(str(KINDS[row.kind]))],
    }


def _found(request: Request, asked: str) -> DataRequest:
    rows = queries.desk(request.organisation, request.user)
    row = get_object_or_404(rows, public_id=plain_id(asked))
    require(request.actor.may_at(Permission.ANSWER_REQUESTS, row.organisation))
    return row
