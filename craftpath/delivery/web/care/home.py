"""What went wrong, for whoever looks: own measures, complaints by their covers, incidents."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.care.saying import complaint_line, incident_line
from craftpath.delivery.web.care.trail import tabs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.care import queries, rules
from craftpath.domain.care.actions import finish_measure
from craftpath.kernel.roles import Permission

ROWS = 30
MOST_COMPLAINTS = 50


@require_GET
def home(request: Request, organisation: str) -> HttpResponse:
    """Everything of this reader, the newest first; a constant number of queries."""
    handles = bool(rules.may_handle_incidents(request.actor))
    rows = queries.incidents() if handles else queries.own_incidents(request.user)
    page = Paginator(queries.with_overdue(rows, request.at), ROWS).get_page(request.GET.get("page"))
    complaints = queries.complaints_with_part(request.user)
    if Permission.HANDLE_CARE not in request.actor.permissions:  # a handler's work is done where the role is
        complaints = complaints.filter(Q(person=request.user) | Q(told=True))
    context = {
        "measures": list(queries.own_measures(request.user)),
        "complaints": [complaint_line(request, row) for row in complaints[:MOST_COMPLAINTS]],
        "incidents": [incident_line(request, row) for row in page.object_list],
        "page": page,
        "handles": handles,
        "may_report": bool(rules.may_report(request.actor)),
        "may_complain": bool(rules.may_complain(request.actor)),
        "tabs": tabs(request, "care:home"),
    }
    return render(request, "care/home.html", context)


@require_POST
def finish(request: Request, organisation: str, measure: str) -> HttpResponse:
    """One's own measure is carried out."""
    row = queries.measure_of(request.user, plain_id(measure))
    if row is None:
        raise Http404
    finish_measure(row, by=request.actor, at=request.at)
    messages.success(request, _("Noted as carried out."))
    return redirect("care:home", organisation)
