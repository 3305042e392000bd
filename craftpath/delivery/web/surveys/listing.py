"""All surveys of an office, and those in which somebody is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.surveys import saying
from craftpath.delivery.web.surveys.places import runs, title_of
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.surveys import queries, rules

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Asked, Survey

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A survey as a line of the list; `answers` are all, `done` those of people who were asked by name."""

    survey: Survey
    title: str
    url: str
    state: tuple[str, str]
    people: int
    done: int
    answers: int
    percent: int


@require_GET
def surveys(request: Request, organisation: str) -> HttpResponse:
    """Those of the organisation and below it, the newest first; whoever runs none finds the own ones."""
    if not runs(request):
        return redirect("surveys:mine", organisation)
    rows = queries.with_counts(queries.run_at(request.organisation))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    answers = queries.link_answers(page.object_list)
    mine = queries.waiting_for(request.user, request.today).count()
    context = {
        "page": page,
        "lines": [_line(request, row, answers) for row in page.object_list],
        "mine": mine,
    }
    return render(request, "surveys/list.html", context)


def _line(request: Request, survey: Survey, answers: dict[int, int]) -> Line:
    people, done = survey.people, survey.done  # type: ignore[attr-defined]
    count = answers.get(survey.pk, 0) if survey.anonymous else done
    return Line(
        survey, title_of(survey), saying.page(request, survey), saying.state(survey), people, done, count,
        saying.percent(done, people),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mine:
    """A survey in which one is asked; `url` leads to the form or to the results, if there is something to do."""

    asked: Asked
    title: str
    waits: bool
    url: str = ""


@require_GET
@kept_offline
def mine(request: Request, organisation: str) -> HttpResponse:
    """What waits for one's own answer, and what became of the others."""
    rows = [_mine(request, row) for row in queries.asked_of(request.user)[:100]]
    context = {
        "waiting": [one for one in rows if one.waits],
        "others": [one for one in rows if not one.waits][::-1],
    }
    return render(request, "surveys/mine.html", context)


def _mine(request: Request, asked: Asked) -> Mine:
    survey, key = asked.survey, request.organisation.key
    waits = not asked.answered and bool(rules.can_take_answers(survey, request.today))
    if waits:
        return Mine(asked, title_of(survey), waits, reverse("surveys:answer", args=[key, survey.public_id]))
    url = reverse("surveys:results", args=[key, survey.public_id]) if survey.state == "published" else ""
    return Mine(asked, title_of(survey), waits, url)
