"""Buttons of those who hold sessions: close, settle, cancel."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.learning import saying
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.learning import queries
from craftpath.domain.learning.actions import cancel_session, close_session, settle_attendance
from craftpath.domain.learning.rules import may_hold
from craftpath.values.verdict import Refused, require

MOST = 100  # sessions closed by one press


@require_POST
def close(request: Request, organisation: str) -> HttpResponse:
    """Close one session or many; what cannot be closed is said, and the rest is done."""
    ids = request.POST.getlist("session")[:MOST]
    if not ids or not all(one.isascii() and one.isalnum() for one in ids):
        raise Http404
    rows = list(queries.sessions().filter(public_id__in=ids))
    if len(rows) != len(set(ids)):
        raise Http404
    for row in rows:
        require(may_hold(request.actor, row))
    closed = close_session(rows, by=request.actor, at=request.at)
    if len(rows) == 1 and closed.refused:
        raise Refused(next(iter(closed.refused.values())))
    for verdict in dict.fromkeys(sentence(one) for one in closed.refused.values()):
        messages.warning(request, verdict)
    if closed.waiting:
        said = _("Hours of %(people)s wait: %(reason)s")
        reason = sentence(next(iter(closed.waiting.values())))
        messages.warning(request, said % {"people": saying.people(len(closed.waiting)), "reason": reason})
    if closed.done:
        messages.success(request, _("Closed. The hours of those who were there stand in the ledger."))
    if len(rows) == 1:
        return redirect("learning:session", organisation, rows[0].public_id)
    return redirect("learning:sessions", organisation)


@require_POST
def settle(request: Request, organisation: str, attendance: str) -> HttpResponse:
    """Say what stands of one line."""
    row = get_object_or_404(queries.attendances(), public_id=attendance)
    settle_attendance(row, status=request.POST.get("status", ""), by=request.actor, at=request.at)
    messages.success(request, _("Settled. Everything that was said stays in the record."))
    return redirect("learning:session", organisation, row.session.public_id)


@require_POST
def cancel(request: Request, organisation: str, session: str) -> HttpResponse:
    """Cancel a planned session with a reason."""
    found = get_object_or_404(queries.sessions(), public_id=session)
    because = request.POST.get("because", "").replace("\0", "")
    cancel_session([found], because=because, by=request.actor, at=request.at)
    messages.success(request, _("Cancelled. Those who were to come see the reason."))
    return redirect("learning:session", organisation, found.public_id)
