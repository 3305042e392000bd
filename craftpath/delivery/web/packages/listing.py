"""All packages that somebody may see, with how far the reader is; the same queries for five and for five hundred."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.packages import saying
from craftpath.delivery.web.packages.places import TONES
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.packages import queries, rules
from craftpath.domain.packages.texts import STATES

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Attempt, Package

A_PAGE = 25


@require_GET
def listing(request: Request, organisation: str) -> HttpResponse:
    """Those that can be played for everybody; the others, too, for those who keep them."""
    keeps = bool(rules.may_keep(request.actor, request.organisation))
    rows = queries.packages() if keeps else queries.to_play()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = [one for one in page.object_list if rules.may_see(request.actor, one)]
    own: dict[int, list[Attempt]] = defaultdict(list)
    for row in queries.own_in(shown, request.user):
        own[row.package_id].append(row)
    context = {
        "lines": [_line(organisation, one, own[one.pk], keeps=keeps) for one in shown],
        "page": page,
        "keeps": keeps,
    }
    return render(request, "packages/list.html", context)


def _line(organisation: str, row: Package, own: list[Attempt], *, keeps: bool) -> dict[str, Any]:
    far = saying.how_far(queries.standing(row, own))
    notes = [saying.kind(row), far["parts"] if own else "", far["score"] if own else ""]
    shows_own = row.state == "ready" and (own or not keeps)
    return {
        "label": text(row.title),
        "note": " · ".join(one for one in notes if one),
        "url": reverse("packages:package", args=[organisation, row.public_id]),
        "badge": far["state"] if shows_own else STATES[row.state],
        "tone": far["tone"] if shows_own else TONES[row.state],
    }
