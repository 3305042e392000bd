"""What waits for an answer, across everything that somebody sees, the oldest first; answered in two clicks."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.questions import saying
from craftpath.delivery.web.questions.forms import AnswerForm
from craftpath.delivery.web.questions.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.questions import queries
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Permission

A_PAGE = 20


@require_GET
@needs(Permission.ASK_QUESTIONS)
def queue(request: Request, organisation: str) -> HttpResponse:
    """Filters: those that oneself is asked, a skill, a class. The same queries for one question and for many."""
    rows = queries.waiting()
    skill, cohort = request.GET.get("skill", "").replace("\x00", ""), plain_id(request.GET.get("cohort", ""))
    called = request.GET.get("called", "") == "1"
    some = rows
    if skill:
        some = some.filter(skill=skill)
    if cohort:
        some = some.filter(cohort__public_id=cohort)
    if called:
        some = queries.called(some, request.user)
    page = Paginator(some, A_PAGE).get_page(request.GET.get("page"))
    lines = saying.lines(request, page.object_list)
    keys = skills_by_key(rows.order_by().values_list("skill", flat=True).distinct())
    context: dict[str, Any] = {
        "tabs": tabs(request, "questions:queue"),
        "lines": [(line, AnswerForm(auto_id=f"a{line.row.pk}_%s")) for line in lines],
        "page": page,
        "skills": [(key, text(one.name)) for key, one in keys.items()],
        "skill": skill,
        "cohorts": [(key, text(name)) for key, name in queries.cohorts_in(rows)],
        "cohort": cohort,
        "called": "1" if called else "",
        "calls": [("1", _("which ask me"))],
    }
    return render(request, "questions/queue.html", context)
