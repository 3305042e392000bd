"""The officer's desk: what waits, the oldest on top; what was decided, by its state."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.claims import saying
from craftpath.delivery.web.claims.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.claims import queries
from craftpath.domain.claims.texts import STATES
from craftpath.kernel.roles import Permission

A_PAGE = 25
WAITING = "claimed"


@require_GET
@needs(Permission.VERIFY_CLAIMS)
def desk(request: Request, organisation: str) -> HttpResponse:
    """The queue by age, without one's own."""
    state = request.GET.get("state", WAITING)
    state = state if state in STATES else WAITING
    rows = queries.desk(request.organisation, request.user).filter(state=state)
    order = ("claimed_at", "pk") if state == WAITING else ("-decided_at", "-pk")
    page = Paginator(rows.order_by(*order), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "desk"),
        "page": page,
        "cards": [saying.card(request, row) for row in page],
        "state": state,
        "states": [(key, str(name)) for key, name in STATES.items()],
        "waiting": state == WAITING,
    }
    return render(request, "claims/desk.html", context)
