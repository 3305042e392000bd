"""The wall for members: one story on stage, the others beside one another, by occupation and skill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.stories import saying
from craftpath.delivery.web.stories.places import tabs
from craftpath.domain.stories import queries, rules

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story

A_PAGE = 13
"""One on stage and twelve beside it."""


def filtered(request: Any, rows: list[Story], names: dict[str, str]) -> dict[str, Any]:
    """The stories that the two filters of the address let through, and what there is to choose; no query."""
    trade, skill = request.GET.get("trade", ""), request.GET.get("skill", "")
    trades = {one.occupation.public_id: text(one.occupation.name) for one in rows if one.occupation}
    trade, skill = trade if trade in trades else "", skill if skill in names else ""
    shown = [
        one
        for one in rows
        if (not trade or (one.occupation and one.occupation.public_id == trade))
        and (not skill or skill in one.skills)
    ]
    chosen = {"trade": trade, "trades": list(trades.items()), "skill": skill, "skills": list(names.items())}
    return {"rows": shown, "filters": chosen}


@require_GET
def wall(request: Request, organisation: str) -> HttpResponse:
    """What is shown to members; the same queries for six stories and for sixty."""
    rows = list(queries.wall())
    names = saying.names_of(rows)
    found = filtered(request, rows, names)
    page = Paginator(found.pop("rows"), A_PAGE).get_page(request.GET.get("page"))

    def address(name: str, *ids: str) -> str:
        return reverse(f"stories:{name}", args=[organisation, *ids])

    cards = [
        saying.card(one, names, address("story", one.public_id), address("file", one.public_id, "picture"))
        for one in page.object_list
    ]
    stage, beside = saying.staged(cards) if page.number == 1 else (None, cards)
    public = any(one.reach == "public" and one.organisation == request.organisation for one in rows)
    link = request.build_absolute_uri(reverse("told:wall", args=[organisation])) if public else ""
    context = {
        "tabs": tabs(request, "wall"),
        "stage": stage,
        "cards": beside,
        "page": page,
        "tells": bool(rules.may_tell(request.actor, request.organisation)),
        "public": link,
        "code": qr(link) if link else "",
        **found,
    }
    return render(request, "stories/wall.html", context)
