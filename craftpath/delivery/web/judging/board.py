"""Practical work of all cohorts: how far rating is, who else has to look, what is ready; items without any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.judging.places import tabs
from craftpath.delivery.web.judging.saying import kind_and_item
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import headcounts
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.judging import queries, rules
from craftpath.domain.programmes.definition import items
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from craftpath.domain.judging.models import Practical
    from craftpath.domain.judging.settling import Work

A_PAGE = 30
COHORTS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One practical assessment with its counts."""

    practical: Practical
    what: str
    people: int
    asked: int
    rated: int
    unsettled: int
    ready: int
    published: int
    late: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An evaluation for which a practical assessment can be planned: the items that have none."""

    cohort: str
    stage: str
    url: str
    items: Sequence[str]


@require_GET
@needs(Permission.IMPORT_MARKS)
def board(request: Request, organisation: str) -> HttpResponse:
    """The nearest day first; four queries beside those of the list, however many people."""
    rows = queries.practicals().exclude(state="cancelled").order_by("-state", "due_on", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    works = queries.works_of(list(page))
    return render(
        request,
        "judging/board.html",
        {
            "rows": [_row(request, row, works[row.pk]) for row in page],
            "page": page,
            "places": _places(request),
            "tabs": tabs(request, "judging:board"),
        },
    )


def _row(request: Request, row: Practical, works: Mapping[int, Work]) -> Row:
    every = works.values()
    seats = [seat for work in every for seat in work.asked]
    waiting = sum(seat.mark is None for seat in seats)
    return Row(
        practical=row,
        what=kind_and_item(row),
        people=len(works),
        asked=len(seats),
        rated=len(seats) - waiting,
        unsettled=sum(work.needs not in ("", "ratings") for work in every),
        ready=sum(work.is_ready for work in every),
        published=sum(work.in_force for work in every),
        late=row.state == "open" and row.due_on < request.today and waiting > 0,
    )


def _places(request: Request) -> list[Place]:
    """Evaluations of running cohorts with what can be judged there; three queries."""
    rows = list(evaluations().filter(cohort__state="running").order_by("-cohort__starts_on", "pk")[:COHORTS])
    taken: dict[int, set[str]] = {}
    for evaluation, item in queries.items_taken(row.pk for row in rows):
        taken.setdefault(evaluation, set()).add(item)
    people = headcounts(row.cohort_id for row in rows)
    found = []
    for row in rows:
        if not people[row.cohort_id].in_stage(row.stage_id):
            continue
        left = [
            text(item.name)
            for item in items(row.scheme.definition)
            if item.source is None and not item.grades and item.key not in taken.get(row.pk, set())
        ]
        if left and rules.may_plan(request.actor, row.cohort):
            url = reverse("judging:plan", args=[request.organisation.key, row.public_id])
            found.append(Place(text(row.cohort.name), text(row.stage.name), url, left))
    return found
