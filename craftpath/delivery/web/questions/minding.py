"""The office: reports, appeals, what is hidden, and what is promised; and a writer's side of a hiding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.questions import saying
from craftpath.delivery.web.questions.forms import PromiseForm, ReasonForm
from craftpath.delivery.web.questions.places import tabs
from craftpath.delivery.web.questions.ruling import answer, rule
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.questions import actions, queries
from craftpath.domain.questions.texts import HIDING_STATES, REPORT_REASONS
from craftpath.kernel.roles import Permission

MOST = 100
DECIDES: dict[str, tuple[Callable[..., object], Any]] = {
    "keep": (actions.keep_hiding, lambda: _("It stays hidden; its writer hears it.")),
    "lift": (actions.lift_hiding, lambda: _("It can be seen again; its writer hears it.")),
}


@require_GET
@needs(Permission.TEND_TALK)
def minding(request: Request, organisation: str) -> HttpResponse:
    """What somebody must decide, then what is hidden."""
    return render(request, "questions/minding.html", _page(request))


def _page(request: Request, form: PromiseForm | None = None) -> dict[str, Any]:
    place = queries.college_of(request.organisation)
    pace = queries.pace(place, request.today)
    hidings = list(queries.hidings()[:MOST])
    return {
        "tabs": tabs(request, "questions:minding"),
        "reports": [
            {
                "row": row,
                "reason": REPORT_REASONS[row.reason],
                "who": _writer(request, row),
                "text": _words(row),
            }
            for row in queries.reports().filter(state="open")[:MOST]
        ],
        "hidings": [
            {"row": row, "state": HIDING_STATES[row.state], "who": _writer(request, row), "text": _words(row)}
            for row in hidings
        ],
        "reason": ReasonForm(auto_id=False),
        "form": form or PromiseForm(initial={"workdays": pace.promised}),
        "pace": saying.pace_words(pace),
    }


def _words(row: Any) -> str:
    post = row.answer or row.question
    return post.text or _("A photo without words")


def _writer(request: Request, row: Any) -> saying.Who:
    if row.answer is None:
        return saying.asker(request.actor, row.question)
    return saying.answerer(request.actor, row.answer, row.question)


@require_POST
@needs(Permission.TEND_TALK)
def promise(request: Request, organisation: str) -> HttpResponse:
    """Promise answers within so many workdays."""
    form = PromiseForm(request.POST)

    def act() -> None:
        days = form.cleaned_data["workdays"]
        actions.set_promise(request.organisation, workdays=days, by=request.actor, at=request.at)

    status = tried(request, form, _("Promised, from the next question on."), act)
    if status:
        return render(request, "questions/minding.html", _page(request, form), status=status)
    return redirect("questions:minding", organisation)


@require_POST
@needs(Permission.TEND_TALK)
def decide(request: Request, organisation: str, report: str, verb: str) -> HttpResponse:
    """Hide what was reported, for a reason, or find nothing in it."""
    rule(request, get_object_or_404(queries.reports(), public_id=plain_id(report)), verb, actions)
    return redirect("questions:minding", organisation)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def hiding(request: Request, organisation: str, hiding: str, verb: str) -> HttpResponse:
    """Its writer appeals or has read why; the office keeps it hidden or lets it be seen again."""
    row = get_object_or_404(queries.hidings(), public_id=plain_id(hiding))
    office = answer(request, row, verb, actions, DECIDES)
    return redirect("questions:minding" if office else "questions:mine", organisation)
