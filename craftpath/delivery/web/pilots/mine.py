"""What is one's own in pilots: steps by their days, and changes to carry out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.pilots import saying
from craftpath.delivery.web.pilots.places import READERS, tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.pilots import queries


@require_GET
@needs(*READERS)
def mine(request: Request, organisation: str) -> HttpResponse:
    """Two lists; the nearest day first."""
    steps = [
        {
            "label": text(one.words["name"]),
            "note": _("%(pilot)s, round %(number)s")
            % {"pilot": text(one.round.pilot.name), "number": one.round.number},
            "url": saying.step_url(request, one),
            "due": day(one.due_on) if one.due_on else "",
            "late": one.due_on is not None and one.due_on < request.today,
        }
        for one in queries.own_steps(request.user)
    ]
    changes: list[dict[str, Any]] = [
        {
            "change": one,
            "note": text(one.round.pilot.name),
            "due": day(one.due_on) if one.due_on else "",
            "late": one.due_on is not None and one.due_on < request.today,
        }
        for one in queries.own_changes(request.user)
    ]
    context = {"tabs": tabs(request, "pilots:mine"), "steps": steps, "changes": changes}
    return render(request, "pilots/mine.html", context)
