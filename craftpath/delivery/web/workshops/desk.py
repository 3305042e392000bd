"""The desk at the door: codes read or typed, the list ticked; and the list of the meeting tool taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.exchange.meeting_list import read_meeting
from craftpath.delivery.web.shell.refusals import refusal_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.telling import Told, tell_all
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.delivery.web.workshops.places import found_in, page_of, run_by, to_workshop
from craftpath.domain.workshops import actions, queries
from craftpath.domain.workshops.texts import HOW
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Day, Registration, Workshop

A_PAGE = 60
LARGEST = 5 * 2**20


def arrived(outcome: dict[str, Any]) -> list[Told]:
    """What the desk reads after a code: whose it is, and whether it was here before."""
    facts = {"name": outcome["name"], "organisation": outcome["organisation"]}
    if outcome["before"]:
        words = _("%(name)s, %(organisation)s, is checked in already. Is this the person?")
        return [Told("attention", words % facts)]
    return [Told("good", _("%(name)s, %(organisation)s, is checked in.") % facts)]


def outcome_of(arrival: actions.Arrival) -> dict[str, Any]:
    """An arrival as a receipt keeps it."""
    row = arrival.registration
    return {"name": row.name, "organisation": row.organisation_name, "before": arrival.before}


def _day(request: Request, row: Workshop, asked: str) -> Day | None:
    days = queries.days_of(row)
    today = request.at.astimezone(row.zone).date()
    chosen = next((one for one in days if one.public_id == asked), None)
    now = next((one for one in days if one.on >= today), None)
    return chosen or now or (days[-1] if days else None)


@require_http_methods(["GET", "HEAD", "POST"])
@kept_offline
def desk(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Read a code, or find a name in the list of a day."""
    row = run_by(request, workshop)
    day = _day(request, row, request.POST.get("day") or request.GET.get("day", ""))
    if request.method == "POST":
        if day is None:
            raise Refused(not_now("workshops.no_days"))
        code = request.POST.get("code", "")[:40].replace("\0", "")
        tell_all(
            request,
            arrived(outcome_of(actions.check_in_by_badge(day, code, by=request.actor, at=request.at))),
        )
        return redirect(f"{request.path}?day={day.public_id}")
    context = {**page_of(request, row, "desk", ""), "day": day, "days": queries.days_of(row)}
    if day is not None:
        context |= _list(request, row, day)
    return render(request, "workshops/desk.html", context)


def _list(request: Request, row: Workshop, day: Day) -> dict[str, Any]:
    words = request.GET.get("q", "")
    rows = queries.filtered(queries.registrations(row), {"q": words, "state": "placed"})
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    there = queries.presences_on(day, list(page.object_list))
    counts = queries.there_on(day)
    return {
        "page": page,
        "q": words,
        "lines": [(one, _how(there.get(one.pk, []))) for one in page.object_list],
        "site": counts.get("site", 0),
        "online": counts.get("online", 0),
        "placed": queries.registrations(row).filter(state="placed").order_by().count(),
    }


def _how(rows: list[Any]) -> dict[str, Any]:
    site = next((one for one in rows if one.way == "site"), None)
    online = next((one for one in rows if one.way == "online"), None)
    found = site or online
    return {"site": site, "found": found, "how": str(HOW[found.how]) if found else ""}


@require_POST
def tick(request: Request, organisation: str, workshop: str, registration: str, verb: str) -> HttpResponse:
    """Check somebody in from the list, or take that back."""
    row = run_by(request, workshop)
    day = queries.day_of(row, request.POST.get("day", ""))
    if day is None or verb not in ("in", "undo"):
        raise Http404
    one = found_in(row, registration)
    if verb == "in":
        tell_all(request, arrived(outcome_of(actions.check_in(one, day, by=request.actor, at=request.at))))
    else:
        actions.undo_check_in(one, day, by=request.actor, at=request.at)
        messages.success(request, _("Taken back."))
    return redirect(f"{reverse('workshops:desk', args=[organisation, row.public_id])}?day={day.public_id}")


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """The meeting tool's list of a day: read, matched, looked at, then taken in."""
    row = run_by(request, workshop)
    context: dict[str, Any] = {
        "workshop": row, "days": queries.days_of(row), "title": _("List of the meeting tool"),
        "crumbs": to_workshop(request, row, _("List of the meeting tool")), "said": "",
    }  # fmt: skip
    if request.method == "POST":
        day = queries.day_of(row, request.POST.get("day", ""))
        if day is None:
            raise Http404
        if "take" in request.POST:
            return _taken(request, row, day)
        context |= _looked_at(request, row, day)
    return render(request, "workshops/meeting.html", context, status=422 if context["said"] else 200)


def _looked_at(request: Request, row: Workshop, day: Day) -> dict[str, Any]:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        return {"said": _("Choose a file (.xlsx or .csv) of at most 5 MB.")}
    known = list(queries.registrations(row).filter(state="placed"))
    found: list[Any] = []
    said = refusal_of(lambda: found.append(read_meeting(file.read(), file.name or "", known, day)))
    if said:
        return {"said": said}
    return {"found": found[0], "day": day, "known": [(one.public_id, one.name) for one in known]}


def _taken(request: Request, row: Workshop, day: Day) -> HttpResponse:
    known = {one.public_id: one for one in queries.registrations(row).filter(state="placed")}
    rows: list[tuple[Registration, int]] = []
    for name, minutes in zip(request.POST.getlist("who"), request.POST.getlist("minutes"), strict=False):
        if name in known and minutes.isascii() and minutes.isdigit() and len(minutes) < 5:
            rows.append((known[name], int(minutes)))
    count = actions.import_attendance(row, day, rows, by=request.actor, at=request.at)
    messages.success(request, _("Taken in: %(count)s people.") % {"count": count})
    return redirect(
        f"{reverse('workshops:desk', args=[request.organisation.key, row.public_id])}?day={day.public_id}"
    )
