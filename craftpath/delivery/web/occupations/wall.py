"""The wall chart: for a projector, where it follows the board by itself, and for paper."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.occupations.board import language
from craftpath.delivery.web.occupations.places import found
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.occupations import queries, rules
from craftpath.domain.occupations.texts import LISTS, STATES

PAPERS = ("a3", "a4")
SPOKEN = ("both", "zh", "en")
NARROW = {"a3": 7, "a4": 6}


@require_GET
def wall(request: Request, organisation: str, chart: str) -> HttpResponse:
    """The whole chart on one sheet, in one language or both; while it is drawn it asks for what changed."""
    row = found(request, chart)
    if request.htmx and request.GET.get("seen") == str(row.revision):
        return HttpResponse(status=204)
    paper = _one_of(PAPERS, request.GET.get("paper"))
    spoken = _one_of(SPOKEN, request.GET.get("in"))
    duties = [(duty, [task for task in duty.tasks if not task.left_out]) for duty in queries.board_of(row)]
    counted = queries.counted(queries.charts()).get(pk=row.pk)
    context: dict[str, Any] = {
        "row": counted,
        "duties": duties,
        "paper": paper,
        "spoken": spoken,
        "first": "en" if spoken == "en" or (spoken == "both" and language() == "en") else "zh",
        "panel": list(row.panel.all()),
        "lists": [(LISTS[name], row.lists[name]) for name in rules.LISTS if row.lists.get(name)],
        "state": STATES[row.state],
        "live": row.state == "draft",
    }
    if request.htmx:
        return render(request, "occupations/wall_chart.html", context)
    context["papers"] = _ways(
        request, row.public_id, "paper", paper, {"a3": "A3", "a4": "A4"}, {"in": spoken}
    )
    named = {
        "both": _("Both languages"),
        "zh": pgettext("language", "Chinese"),
        "en": pgettext("language", "English"),
    }
    context["languages"] = _ways(request, row.public_id, "in", spoken, named, {"paper": paper})
    return render(request, "occupations/wall.html", context)


def _one_of(known: tuple[str, ...], given: str | None) -> str:
    return given if given in known else known[0]


def _ways(
    request: Request, chart: str, name: str, now: str, named: dict[str, str], kept: dict[str, str]
) -> list[dict[str, Any]]:
    there = reverse("occupations:wall", args=[request.organisation.key, chart])
    rest = "&".join(f"{key}={value}" for key, value in kept.items())
    return [
        {"label": label, "url": f"{there}?{name}={key}&{rest}", "current": key == now}
        for key, label in named.items()
    ]
