"""Cohorts: how many reviews are overdue in each, and how everybody of one stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.reviews import saying
from craftpath.delivery.web.reviews.trail import tabs, to_board
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import cohorts, enrolments, headcounts
from craftpath.domain.reviews import queries, rules
from craftpath.domain.reviews.texts import COLOURS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

A_PAGE = 30
PEOPLE = 100


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort with what is ahead of it."""

    cohort: Cohort
    people: int
    ahead: queries.Ahead
    may_plan: bool


@dataclass(frozen=True, slots=True)
class Colour:
    """How many of a cohort stand so by their last review; `share` is percent of everybody."""

    key: str
    name: str
    tone: str
    people: int
    share: float


@require_GET
@needs(Permission.SEE_FIGURES)
def board(request: Request, organisation: str) -> HttpResponse:
    """Every running cohort, and the reviews that are overdue, the oldest first."""
    require(request.actor.may(Permission.SEE_RESULTS))
    shown = [row for row in cohorts() if row.state == "running"]
    ids = [row.pk for row in shown]
    ahead, people = queries.ahead(ids, request.today, request.at), headcounts(ids)
    late = queries.overdue(request.today).order_by("due_on", "starts_at", "pk")
    chosen = plain_id(request.GET.get("cohort", ""))
    if chosen:
        late = late.filter(enrolment__cohort__public_id=chosen)
    page = Paginator(late, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reviews/board.html",
        {
            "cohorts": [
                CohortLine(
                    row,
                    people[row.pk].people,
                    ahead.get(row.pk, queries.Ahead()),
                    bool(rules.may_plan(request.actor, row.organisation)),
                )
                for row in shown
            ],
            "page": page,
            "late": saying.lines(request, page.object_list),
            "cohort_choices": [(row.public_id, text(row.name)) for row in shown],
            "wanted": chosen,
            "tabs": tabs(request, "reviews:board"),
        },
    )


@require_GET
@needs(Permission.SEE_FIGURES)
def cohort(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Everybody of a cohort: the last review, the next one, what is agreed; the same few queries for 3 and for 60."""
    require(request.actor.may(Permission.SEE_RESULTS))
    found = get_object_or_404(cohorts(), public_id=cohort)
    rows = queries.standings(list(enrolments().filter(cohort=found, state="active")))
    rows.sort(key=lambda row: not row.overdue(request.today))
    page = Paginator(rows, PEOPLE).get_page(request.GET.get("page"))
    return render(
        request,
        "reviews/cohort.html",
        {
            "cohort": found,
            "page": page,
            "people": [_person(request, row) for row in page.object_list],
            "overdue": sum(row.overdue(request.today) for row in rows),
            "colours": _colours(rows),
            "count": len(rows),
            "may_plan": bool(rules.may_plan(request.actor, found.organisation)),
            "weeks": queries.weeks_laid_down(found.programme_id, request.today),
            "crumbs": to_board(request, here(text(found.name))),
        },
    )


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One apprentice as a row: the last review as a badge, the next one in words."""

    standing: queries.Standing
    colour: str
    tone: str
    next: str
    whom: str
    overdue: bool
    waits: bool


def _person(request: Request, row: queries.Standing) -> PersonLine:
    last, coming = row.last, row.coming
    whom = [one.name for one in (coming.mentor, coming.trainer) if one is not None] if coming else []
    return PersonLine(
        row,
        str(COLOURS[last.colour]) if last else "",
        saying.TONES[last.colour] if last else "plain",
        saying.when(coming) if coming else "",
        " · ".join(whom),
        row.overdue(request.today),
        last is not None and last.state == "written",
    )


def _colours(rows: Sequence[queries.Standing]) -> list[Colour]:
    """Green, amber, red, and those without a review; every bar begins at zero and ends at everybody."""
    count = Counter(row.last.colour if row.last else "" for row in rows)
    names = {key: str(COLOURS[key]) for key in COLOURS} | {"": pgettext("reviews", "None yet")}
    return [
        Colour(
            key or "none", names[key], saying.TONES.get(key, "plain"), count[key],
            round(100 * count[key] / len(rows), 2) if rows else 0.0,
        )
        for key in (*COLOURS, "")
    ]  # fmt: skip
