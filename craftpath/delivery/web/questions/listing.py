"""All questions that somebody sees, and the own ones; the form stands above."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.questions import saying
from craftpath.delivery.web.questions.forms import AskForm
from craftpath.delivery.web.questions.places import own_class, tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.questions import queries
from craftpath.domain.standards.queries import skills
from craftpath.kernel.roles import Permission

A_PAGE = 25
MOST_FOUND = 25
MOST_LISTED = 1000
"""The newest that can be paged through, so that a list takes as long at a million questions; older ones are found."""


def asking(request: Request, form: AskForm | None = None, *, short: bool = False) -> dict[str, Any]:
    """What the form needs wherever it stands: itself, and how soon somebody answers; `short`: no skill to choose."""
    enrolment = own_class(request)
    place = queries.college_of(enrolment.cohort.organisation if enrolment else request.organisation)
    return {
        "form": form or AskForm(skills=() if short else skills(), classes=enrolment is not None),
        "pace": saying.pace_words(queries.pace(place, request.today)),
    }


@require_GET
@needs(Permission.ASK_QUESTIONS)
@kept_offline
def all_questions(request: Request, organisation: str) -> HttpResponse:
    """The newest first, or those like what is looked for."""
    return page(request)


def page(request: Request, *, form: AskForm | None = None, status: int = 200) -> HttpResponse:
    """The list with the form above it."""
    looked, show = request.GET.get("q", "")[:200].replace("\x00", ""), request.GET.get("show", "")
    if looked:
        rows: Any = queries.similar(looked, most=MOST_FOUND)
    else:
        rows = queries.listed(queries.questions(), request.user, show=show)[:MOST_LISTED]
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "questions:list"),
        "lines": saying.lines(request, shown.object_list),
        "page": shown,
        "cut": not looked and shown.paginator.count == MOST_LISTED and not shown.has_next(),
        "looked": looked,
        "show": show,
        "shows": [("open", _("Without an answer")), ("solved", pgettext("of questions", "It helped"))],
        "ask": asking(request, form),
    }
    return render(request, "questions/list.html", context, status=status)


@require_GET
@needs(Permission.ASK_QUESTIONS)
def mine(request: Request, organisation: str) -> HttpResponse:
    """Own questions, those with something new first."""
    rows = queries.listed(queries.questions(), request.user, show="own").order_by("news_at", "-asked_at")
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = saying.lines(request, shown.object_list)
    context = {
        "tabs": tabs(request, "questions:mine"),
        "lines": sorted(lines, key=lambda line: line.row.news_at is None),
        "page": shown,
        "hidden": queries.own_hidings(request.user),
    }
    return render(request, "questions/mine.html", context)
