"""The desk: requests and offers of the city, overdue ones first, and how soon it answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.offers import saying
from craftpath.delivery.web.offers.forms import PromiseForm
from craftpath.delivery.web.offers.places import READERS, tabs, to_here
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.accreditation.queries import authority_of
from craftpath.domain.offers import actions, queries, rules
from craftpath.domain.offers.clock import rule_for
from craftpath.domain.offers.kinds import OF_COLLEGES, OF_ENTERPRISES, kinds_of
from craftpath.domain.offers.texts import KINDS, STATES
from craftpath.kernel.organisations import Kind
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

A_PAGE = 25
SINCE = timedelta(days=180)
"""So far back the pace of the desk is counted."""


@require_GET
@needs(*READERS)
def desk(request: Request, organisation: str) -> HttpResponse:
    """What enterprises ask for and offer; the same queries for 3 and for 300."""
    return _list(request, OF_ENTERPRISES, "offers:desk")


@require_GET
@needs(*READERS)
def offered(request: Request, organisation: str) -> HttpResponse:
    """What colleges and centres offer."""
    return _list(request, OF_COLLEGES, "offers:offered")


def _list(request: Request, kinds: tuple[str, ...], page_name: str) -> HttpResponse:
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    rows = queries.listed(request.today).filter(kind__in=[kind] if kind in kinds else kinds)
    if state in STATES:
        rows = rows.filter(state=state)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    authority = authority_of(request.organisation)
    context: dict[str, Any] = {
        "tabs": tabs(request, page_name),
        "offers": page_name == "offers:offered",
        "page": page,
        "lines": [
            {
                "row": row, "badge": saying.badge(row, request.today), "clock": saying.clock(row),
                "kind": saying.kind(row), "note": saying.note(row),
            }
            for row in page.object_list
        ],
        "kind": kind,
        "kinds": [(key, str(KINDS[key])) for key in kinds],
        "state": state,
        "states": [(key, str(name)) for key, name in STATES.items()],
        "pace": queries.pace_of(authority, request.at - SINCE) if authority else None,
        "rule": rule_for(authority) if authority else None,
        "authority": authority,
        "opens": authority is not None and bool(set(kinds) & set(kinds_of(request.organisation))),
        "keeps": authority is not None and bool(rules.may_promise(request.actor, authority)),
    }  # fmt: skip
    return render(request, "offers/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ACCREDIT_PLACES)
def promise(request: Request, organisation: str) -> HttpResponse:
    """What this city promises those below it."""
    if request.organisation.kind != Kind.CITY:
        raise Http404
    require(rules.may_promise(request.actor, request.organisation))
    rule = rule_for(request.organisation)
    data = request.POST if request.method == "POST" else None
    first = {"promise_days": rule.promise_days, "ask_after_days": rule.ask_after_days}
    form, status = PromiseForm(data, initial=first), 200
    if data is not None:
        status = tried(
            request, form, pgettext("what was written", "Kept."),
            lambda: actions.set_promise(request.organisation, **form.cleaned_data, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("offers:desk", organisation)
    context = {"form": form, "crumbs": to_here(request, _("Promise"))}
    return render(request, "offers/promise.html", context, status=status)
