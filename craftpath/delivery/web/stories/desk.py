"""The office's desk: stories to look at, reported comments, what was taken down."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.stories.places import tabs
from craftpath.domain.stories import queries
from craftpath.kernel.roles import Permission


@require_GET
@needs(Permission.CHECK_STORIES)
def desk(request: Request, organisation: str) -> HttpResponse:
    """Two queues, the longest waiting first."""
    here = request.organisation
    context = {
        "tabs": tabs(request, "desk"),
        "stories": queries.to_check(here),
        "reports": queries.reported(here),
        "down": queries.down(here)[:20],
    }
    return render(request, "stories/desk.html", context)
