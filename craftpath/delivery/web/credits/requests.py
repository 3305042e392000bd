"""Requests: the desk of an institution, one of them with its lines, and what the office does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.credits import saying
from craftpath.delivery.web.credits.forms import DecideForm, ReasonForm
from craftpath.delivery.web.credits.places import tabs, the_request
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.credits import actions, queries, rules
from craftpath.domain.credits.points import shown
from craftpath.domain.credits.states import REQUEST
from craftpath.domain.credits.texts import REQUESTS, STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.credits.amounts import Proposal
    from craftpath.domain.credits.models import Request as CreditRequest

A_PAGE = 20
WAITING = ("submitted", "checked", "accepted", "partly")


@require_GET
@needs(Permission.SEE_CREDITS)
def desk(request: Request, organisation: str) -> HttpResponse:
    """What waits first; or those of one state."""
    show = request.GET.get("show", "")
    rows = queries.requests().filter(organisation__path__startswith=request.organisation.path)
    rows = rows.filter(state=show) if show in STATES else rows.filter(state__in=WAITING)
    page = Paginator(rows.order_by("asked_at", "pk") if show not in STATES else rows, A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "tabs": tabs(request, "credits:desk"),
        "page": page,
        "cards": [saying.card(request, row, names=True) for row in page],
        "show": show,
        "shows": list(STATES.items()),
    }
    return render(request, "credits/desk.html", context)


@require_GET
def one(request: Request, organisation: str, request_id: str) -> HttpResponse:
    """A request with its lines, for whoever asked and for the office."""
    return render(request, "credits/request.html", page_of(request, the_request(request_id)))


def page_of(request: Request, row: CreditRequest, **bound: Any) -> dict[str, Any]:
    """What the page of a request shows; a constant number of queries however many lines it has."""
    now = _now(row)
    lines = saying.asked(row, now)
    mine = row.account.owner_id == request.user.pk
    decides = row.state == "checked" and bool(rules.may_decide(request.actor, row))
    form = bound.get("form") or (DecideForm(lines=list(row.lines.all())) if decides else None)
    title = text(row.diploma.title) if row.diploma is not None else str(REQUESTS[row.kind])
    back = (
        ("credits:account", _("My credits"))
        if mine
        else ("credits:desk", pgettext("for credits", "Requests"))
    )
    may = {
        "withdraw": rules.may_ask(request.actor, row.account),
        "check": rules.may_check(request.actor, row),
        "post": rules.may_close(request.actor, row),
        "reverse": rules.may_close(request.actor, row),
    }
    return {
        "row": row,
        "title": title,
        "crumbs": [step(request, back[1], back[0]), here(title)],
        "badge": (saying.TONES[row.state], STATES[row.state]),
        "kind": REQUESTS[row.kind],
        "mine": mine,
        "lines": lines,
        "deciding": [(line, *form.of(line.row)) for line in lines] if form is not None else [],
        "form": form,
        "total": shown(sum(line.row.amount for line in lines)),
        "proposed": shown(sum(line.gives for line in lines)),
        "decided": row.decided_at is not None,
        "can": {verb for verb, verdict in may.items() if verdict and REQUEST.can(row.state, verb)},
        "waits": row.state == "checked" and not decides and not mine and rules.may_decide(request.actor, row).reason,
        "back": bound.get("back") or ReasonForm(),
        "files": list(row.files.all()),
    }  # fmt: skip


def _now(row: CreditRequest) -> dict[int, Proposal]:
    """What the table of the day on which it was asked gives at this moment, while nothing is decided yet."""
    if row.kind != "conversion" or row.state != "submitted" or row.diploma is None:
        return {}
    credits = [line.credit for line in row.lines.all() if line.credit is not None]
    found = queries.proposals(row.diploma, row.account, credits, row.asked_on)
    return {proposal.credit.pk: proposal for proposal in found}


@require_http_methods(["POST"])
@needs(Permission.DECIDE_CREDITS)
def decide(request: Request, organisation: str, request_id: str) -> HttpResponse:
    """Accept or refuse every line."""
    row = the_request(request_id)
    require(rules.may_decide(request.actor, row))
    form = DecideForm(request.POST, lines=list(row.lines.all()))

    def act() -> None:
        because = form.cleaned_data["because"]
        actions.decide_request(row, form.verdicts, because=because, by=request.actor, at=request.at)

    status = tried(request, form, _("Decided. Post it to write it into the ledger."), act)
    if status:
        return render(request, "credits/request.html", page_of(request, row, form=form), status=status)
    return redirect("credits:request", organisation, row.public_id)


_REASONED: dict[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "reverse": (actions.reverse_request, lambda: _("Reversed. The credits can be used again.")),
    "reject": (actions.reject_request, lambda: _("Rejected. The learner reads why.")),
}


@require_POST
def move(request: Request, organisation: str, request_id: str, verb: str) -> HttpResponse:
    """Withdraw, check, accept, reject, post, reverse."""
    row = the_request(request_id)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "withdraw":
        actions.withdraw_request(row, **by)
        messages.success(request, _("Withdrawn. The credits are free again."))
    elif verb == "check":
        actions.check_request(row, **by)
        messages.success(request, _("Checked against the table. Somebody else decides on it."))
    elif verb == "accept":
        actions.accept_request(row, **by)
        messages.success(request, _("Decided. Post it to write it into the ledger."))
    elif verb == "post":
        actions.post_request(row, on=request.today, **by)
        messages.success(request, _("Posted."))
    elif verb in _REASONED:
        act, done = _REASONED[verb]
        require(rules.may_close(request.actor, row))
        form = ReasonForm(request.POST)
        values = {"on": request.today} if verb == "reverse" else {}
        status = tried(
            request, form, done(), lambda: act(row, because=form.cleaned_data["because"], **values, **by)
        )
        if status:
            return render(request, "credits/request.html", page_of(request, row, back=form), status=status)
    else:
        raise Http404
    return redirect("credits:request", organisation, row.public_id)


@require_GET
def file(request: Request, organisation: str, file: str) -> HttpResponseBase:
    """A file that proves something."""
    row = get_object_or_404(queries.files(), public_id=plain_id(file))
    return shown_or_saved(row.file.bytes(), row.title.rpartition(".")[0] or row.title, row.media_type)
