"""The roll call itself: everybody present, and a tap for each who is not."""

from __future__ import annotations

import json
import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.learning import rolling, saying
from craftpath.delivery.web.learning.trail import to_sessions
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.telling import tell_all
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.learning import queries, rules
from craftpath.domain.learning.texts import STATUSES
from craftpath.values.verdict import require

MARK, MINUTES = "mark-", "minutes-"


@require_http_methods(["GET", "HEAD", "POST"])
@kept_offline
def roll(request: Request, organisation: str, session: str) -> HttpResponse:
    """Call the roll, or change what one has called."""
    if request.method == "POST":
        return _take(request, session)
    found = get_object_or_404(queries.sessions(), public_id=session)
    require(rules.may_hold(request.actor, found))
    require(rules.can_take(found, request.at))
    rows = [row for row in queries.roll_of(found) if row.enrolment.person_id != request.user.pk]
    last = max(
        (row.attendance for row in rows if row.attendance), key=lambda one: one.marked_at, default=None
    )
    return render(
        request,
        "learning/roll.html",
        {
            "session": found,
            "title": text(found.title),
            "what": f"{saying.hours(found)} · {saying.cohorts_said(found)}",
            "rows": rows,
            "statuses": list(STATUSES.items()),
            "made_id": uuid.uuid4(),
            "last": last,
            "people": saying.people(len(rows)),
            "crumbs": to_sessions(
                request,
                step(request, text(found.title), "learning:session", found.public_id),
                here(_("Roll call")),
            ),
        },
    )


def _take(request: Request, session: str) -> HttpResponse:
    marks = {
        name.removeprefix(MARK): _mark(request, name.removeprefix(MARK), status)
        for name, status in request.POST.dict().items()
        if name.startswith(MARK)
    }
    payload = {
        "session": session,
        "made_id": _made_id(request.POST.get("made_id", ""), marks),
        "base": request.POST.get("base", ""),
        "marks": marks,
    }
    outcome = rolling.take(payload, by=request.actor, at=request.at)
    tell_all(request, saying.roll_taken(outcome))
    return redirect("learning:session", request.organisation.key, session)


def _mark(request: Request, public_id: str, status: str) -> object:
    minutes = request.POST.get(f"{MINUTES}{public_id}", "").strip()
    timed = status in ("late", "left_early") and minutes.isascii() and minutes.isdigit() and len(minutes) < 5
    return [status, int(minutes)] if timed else status


def _made_id(page: str, marks: dict[str, object]) -> str:
    """One name for one page and what was said on it: a second press is the same, a second thought is not."""
    try:
        shown = uuid.UUID(page)
    except ValueError:
        return page
    return str(uuid.uuid5(shown, json.dumps(marks, sort_keys=True, ensure_ascii=True)))
