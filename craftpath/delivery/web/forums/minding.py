"""The office: reports, appeals, what is hidden; and a writer's side of a hiding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.forums.places import tabs
from craftpath.delivery.web.forums.saying import name_of
from craftpath.delivery.web.questions.forms import ReasonForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.forums import actions, queries
from craftpath.domain.questions.texts import HIDING_STATES, REPORT_REASONS
from craftpath.kernel.roles import Permission

MOST = 100
DECIDES: dict[str, tuple[Callable[..., object], Any]] = {
    "keep": (actions.keep_hiding, lambda: _("It stays hidden; its writer hears it.")),
    "lift": (actions.lift_hiding, lambda: _("It can be seen again; its writer hears it.")),
}


@require_GET
@needs(Permission.TEND_TALK)
def minding(request: Request, organisation: str) -> HttpResponse:
    """What somebody must decide, then what is hidden."""
    context = {
        "tabs": tabs(request, "forums:minding"),
        "reports": [
            {
                "row": row,
                "reason": REPORT_REASONS[row.reason],
                "who": name_of(row.post.person),
                "text": _words(row),
            }
            for row in queries.reports().filter(state="open")[:MOST]
        ],
        "hidings": [
            {
                "row": row,
                "state": HIDING_STATES[row.state],
                "who": name_of(row.post.person),
                "text": _words(row),
            }
            for row in queries.hidings()[:MOST]
        ],
        "reason": ReasonForm(auto_id=False),
    }
    return render(request, "forums/minding.html", context)


def _words(row: Any) -> str:
    return row.post.text or _("A photo without words")


@require_POST
@needs(Permission.TEND_TALK)
def decide(request: Request, organisation: str, report: str, verb: str) -> HttpResponse:
    """Hide what was reported, for a reason, or find nothing in it."""
    row = get_object_or_404(queries.reports(), public_id=plain_id(report))
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "dismiss":
        actions.dismiss_report(row, **by)
        messages.success(request, _("Nothing found; it stays."))
    elif verb == "uphold":
        actions.uphold_report(row, because=request.POST.get("because", ""), **by)
        messages.success(request, _("Hidden. Its writer hears why and may appeal."))
    else:
        raise Http404
    return redirect("forums:minding", organisation)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def hiding(request: Request, organisation: str, hiding: str, verb: str) -> HttpResponse:
    """Its writer appeals or has read why; the office keeps it hidden or lets it be seen again."""
    row = get_object_or_404(queries.hidings(), public_id=plain_id(hiding))
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in DECIDES:
        act, done = DECIDES[verb]
        act(row, **by)
        messages.success(request, done())
        return redirect("forums:minding", organisation)
    if verb == "appeal":
        actions.appeal_hiding(row, words=request.POST.get("because", ""), **by)
        messages.success(request, _("The office looks at it again; you hear what becomes of it."))
    elif verb == "hear":
        actions.hear_hiding(row, **by)
    else:
        raise Http404
    return redirect("forums:mine", organisation)
