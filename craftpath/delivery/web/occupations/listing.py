"""Occupations: found by name, code or a word of a programme, with where their charts stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.occupations.places import TONES, room_tabs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.occupations import queries, rules
from craftpath.domain.occupations.answering import answer_of, mark_of
from craftpath.domain.occupations.texts import STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart

A_PAGE = 30
LONGEST_SEARCH = 60
MOST_ASKED = 5


@require_GET
def occupations(request: Request, organisation: str) -> HttpResponse:
    """A page of them; four queries however many. A chart shows where the reader may open it."""
    search = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    page = Paginator(queries.occupations(search), A_PAGE).get_page(request.GET.get("page"))
    charts = charts_by(request, [row.pk for row in page.object_list])
    context = {
        "page": page,
        "search": search,
        "rows": [{"row": row, "charts": charts.get(row.pk, [])} for row in page.object_list],
        "asked": asked_of(request),
        "tabs": room_tabs(request, "occupations:list"),
        "may": bool(rules.may_keep(request.actor, request.organisation)),
    }
    return render(request, "occupations/list.html", context)


def asked_of(request: Request) -> list[dict[str, Any]]:
    """Charts that ask the reader, with whether the answer is done; a query and one for each of few."""
    person = request.actor.person
    if person is None:
        return []
    found = []
    for row in queries.asking(person, request.today)[:MOST_ASKED]:
        own = answer_of(row, mark_of(row, person.public_id))
        found.append({"row": row, "begun": own is not None, "done": own is not None and own.done})
    return found


def charts_by(request: Request, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """occupation id → the charts that the reader may open, the newest first; two queries."""
    rows = list(queries.counted(queries.charts()).filter(occupation__in=ids))
    mine = set(queries.charts().filter(panel__person=request.actor.person).values_list("pk", flat=True))
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row.pk in mine or _reads(request, row):
            found.setdefault(row.occupation_id, []).append(
                {"row": row, "state": STATES[row.state], "tone": TONES[row.state]}
            )
    return found


def _reads(request: Request, row: Chart) -> bool:
    """Whether the reader may open it without sitting on its panel, which is asked for all at once."""
    return bool(
        row.adopted_at or request.actor.may(Permission.DESIGN_CURRICULA) or rules.may_run(request.actor, row)
    )
