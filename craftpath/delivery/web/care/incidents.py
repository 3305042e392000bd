"""One incident: what happened, what must be notified, what is done about it, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.care.saying import INCIDENT_TONES, SEVERITY_TONES, steps_shown
from craftpath.delivery.web.care.trail import to_care
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.care import actions, queries, rules, texts
from craftpath.domain.care.states import INCIDENT
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.care.models import Incident


def readable(request: Request, public_id: str) -> Incident:
    """The incident, or 404 for whoever may not read it."""
    found = queries.incidents().filter(public_id=plain_id(public_id)).first()
    if found is None or not rules.may_read_incident(request.actor, found):
        raise Http404
    return found


@require_GET
def incident(request: Request, organisation: str, incident: str) -> HttpResponse:
    """The page, by the reader's part: who looks after it finds the next step, the others how it stands."""
    return _page(request, readable(request, incident))


def _page(request: Request, found: Incident, *, fault: str = "", status: int = 200) -> HttpResponse:
    handles = bool(rules.may_handle_incident(request.actor, found))
    notifications = queries.notifications_of(found) if handles else []
    unread = [
        found.enrolment.person_id == request.user.pk and found.apprentice_read_at is None,
        found.reported_by_id == request.user.pk and found.reporter_read_at is None,
    ]
    context = {
        "incident": found,
        "handles": handles,
        "fault": fault,
        "kept": request.POST,
        "severity": texts.SEVERITIES[found.severity],
        "severity_tone": SEVERITY_TONES[found.severity],
        "severities": [(key, texts.SEVERITIES[key], texts.SEVERITY_HINTS[key]) for key in texts.SEVERITIES],
        "state": texts.INCIDENT_STATES[found.state],
        "state_tone": INCIDENT_TONES[found.state],
        "hurt": texts.HURT[found.hurt],
        "moves": {move for move in INCIDENT.moves if INCIDENT.can(found.state, move)} if handles else set(),
        "notifications": [
            (row, row.overdue(request.at), texts.CONFIDENCES[row.conf]) for row in notifications
        ],
        "measures": queries.measures_of(found) if handles else [],
        "people": _owners(request, found) if handles else [],
        "unread": found.state == "closed" and any(unread),
        "crumbs": to_care(request, here(str(texts.SEVERITIES[found.severity]))),
    }
    gone = queries.states_gone_through(found.ref)
    context |= steps_shown(INCIDENT.states, found.state, gone, texts.INCIDENT_STATES)
    return render(request, "care/incident.html", context, status=status)


def _owners(request: Request, found: Incident) -> list[Any]:
    """Who can be given a measure: staff and mentors of the college and of the enterprise."""
    places = [place for place in (found.organisation, found.host) if place is not None]
    return queries.people_around(places, [], request.today)


@require_GET
def photo(request: Request, organisation: str, incident: str) -> HttpResponse:
    """The photo, to who reads the incident."""
    found = readable(request, incident)
    if found.photo is None:
        raise Http404
    response = HttpResponse(found.photo.bytes(), content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def do(request: Request, organisation: str, incident: str, verb: str) -> HttpResponse:
    """One press; what is refused says why on the same page, and what was written stays."""
    if verb not in _VERBS:
        raise Http404
    found = readable(request, incident)
    act, said = _VERBS[verb]
    try:
        act(request, found)
    except Refused as refused:
        if refused.verdict.who:
            raise
        return _page(request, readable(request, incident), fault=sentence(refused.verdict), status=409)
    messages.success(request, said)
    return redirect("care:incident", organisation, incident)


def said(request: Request, name: str) -> str:
    """What was written into a field."""
    return request.POST.get(name, "").replace("\0", "")


def day_said(request: Request, name: str) -> date:
    """A day that was chosen; refused if it is none."""
    try:
        return date.fromisoformat(said(request, name))
    except ValueError:
        raise Refused(not_now("care.no_day")) from None


def _number(text: str) -> int | None:
    return min(int(text), 2000) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": request.at}


def _triage(request: Request, found: Incident) -> None:
    days = _number(said(request, "absence_days"))
    actions.triage_incident(found, severity=said(request, "severity"), absence_days=days, **_by(request))


def _notified(request: Request, found: Incident) -> None:
    on, number = day_said(request, "on"), said(request, "number")
    actions.notify_authority(found, said(request, "key"), on=on, number=number, **_by(request))


def _waive(request: Request, found: Incident) -> None:
    because = said(request, "because")
    actions.waive_notification(found, said(request, "key"), because=because, **_by(request))


def _measure(request: Request, found: Incident) -> None:
    owners = {row.public_id: row for row in _owners(request, found)}
    owner = owners.get(said(request, "owner"))
    if owner is None:
        raise Refused(not_now("care.no_owner"))
    due_on = day_said(request, "due_on")
    actions.agree_measure(found, what=said(request, "what"), owner=owner, due_on=due_on, **_by(request))


def _finish(request: Request, found: Incident) -> None:
    wanted = said(request, "measure")
    for row in queries.measures_of(found):
        if row.public_id == wanted:
            actions.finish_measure(row, **_by(request))
            return
    raise Http404


_VERBS: dict[str, tuple[Callable[[Request, Any], object], Any]] = {
    "triage": (_triage, gettext_lazy("Classified. What must be notified stands below.")),
    "investigate": (
        lambda request, found: actions.investigate_incident(found, **_by(request)),
        gettext_lazy("The investigation has begun."),
    ),
    "act": (
        lambda request, found: actions.act_on_incident(
            found, findings=said(request, "findings"), **_by(request)
        ),
        gettext_lazy("Written down. Now the measures."),
    ),
    "notify": (_notified, gettext_lazy("Noted.")),
    "waive": (_waive, gettext_lazy("Noted, with your reason.")),
    "measure": (_measure, gettext_lazy("Agreed. It stands on the home page of whoever carries it out.")),
    "finish": (_finish, gettext_lazy("Noted as carried out.")),
    "close": (
        lambda request, found: actions.close_incident(
            found, outcome=said(request, "outcome"), **_by(request)
        ),
        gettext_lazy("Closed. The apprentice and the reporter read how it ended."),
    ),
    "read": (
        lambda request, found: actions.read_end(found, **_by(request)),
        gettext_lazy("Noted that you have read it."),
    ),
}
