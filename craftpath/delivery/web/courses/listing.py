"""All courses for those who write them, and one's own for those who learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.courses.places import TONES, tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.courses import queries
from craftpath.domain.courses.texts import STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.courses.queries import Standing

A_PAGE = 24


@require_GET
@needs(Permission.WRITE_COURSES)
def courses(request: Request, organisation: str) -> HttpResponse:
    """The courses of this organisation and below, newest first."""
    page = Paginator(queries.listed(request.organisation), A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, str(STATES[row.state]), TONES[row.state]) for row in page.object_list]
    return render(request, "courses/list.html", {"rows": rows, "page": page, "tabs": tabs(request, "list")})


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """What one learns, what was touched last first; and what one may begin."""
    rows = queries.standings(request.user, request.today)
    context = {
        "rows": [card(organisation, one) for one in rows],
        "open": queries.open_runs(request.user, request.today),
        "tabs": tabs(request, "mine"),
    }
    return render(request, "courses/mine.html", context)


def card(organisation: str, one: Standing) -> dict[str, Any]:
    """One course of a learner: how much is done, and one tap to what is next."""
    after = one.next
    run = one.run.public_id
    overdue = min((day for key, day in one.due.items() if _open(one, key)), default=None)
    return {
        "run": one.run,
        "done": one.done,
        "all": len(one.activities),
        "next": after,
        "finished": one.finished,
        "due": overdue,
        "url": reverse("courses:run", args=[organisation, run]),
        "go": reverse("courses:activity", args=[organisation, run, after.key]) if after else "",
    }


def _open(one: Standing, unit_key: str) -> bool:
    return any(row.unit.key == unit_key and one.states.get(row.key) != "done" for row in one.activities)
