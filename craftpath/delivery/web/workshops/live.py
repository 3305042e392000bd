"""Moderating the hall: questions in their order, polls, and the screen that everybody sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_words
from craftpath.delivery.web.workshops import saying
from craftpath.delivery.web.workshops.forms import PollForm
from craftpath.delivery.web.workshops.places import page_of, run_by
from craftpath.domain.workshops import actions, queries
from craftpath.domain.workshops.texts import QUESTION_STATES

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Workshop

QUESTIONS: dict[str, Callable[..., object]] = {
    "answer": actions.answer_live,
    "first": actions.put_first,
    "show": actions.show_live,
}
POLLS: dict[str, Callable[..., object]] = {"open": actions.open_poll, "close": actions.close_poll}
ON_SCREEN = 6


@require_GET
def live(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Questions and polls, for whoever moderates."""
    row = run_by(request, workshop)
    if request.htmx:
        return render(request, "workshops/live_part.html", _part(row))
    return _page(request, row, PollForm(), 200)


@require_POST
def question(request: Request, organisation: str, workshop: str, question: str, verb: str) -> HttpResponse:
    """Answered, put first, hidden with a reason, shown again."""
    row = run_by(request, workshop)
    found = next((one for one in queries.questions_in(row, hidden=True) if one.public_id == question), None)
    if found is None:
        raise Http404
    told: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in QUESTIONS:
        QUESTIONS[verb](found, **told)
    elif verb == "hide":
        actions.hide_live(found, because=plain_words(request, "because")[:200], **told)
    else:
        raise Http404
    return redirect("workshops:live", organisation, row.public_id)


@require_POST
def new_poll(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Write a poll; it is opened by a button of its own."""
    row = run_by(request, workshop)
    form = PollForm(request.POST)

    def act() -> None:
        given = form.cleaned_data
        actions.draft_poll(
            row, kind=given["kind"], title=form.text("title"), options=form.options,
            sensitive=given["sensitive"], by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("Kept. Open it when the hall shall answer."), act)
    return (
        _page(request, row, form, status)
        if status
        else redirect("workshops:live", organisation, row.public_id)
    )


@require_POST
def poll(request: Request, organisation: str, workshop: str, poll: str, verb: str) -> HttpResponse:
    """Open, close; take a word off the cloud."""
    row = run_by(request, workshop)
    found = next((one for one in queries.polls_in(row, drafts=True) if one.public_id == poll), None)
    if found is None:
        raise Http404
    if verb in POLLS:
        POLLS[verb](found, by=request.actor, at=request.at)
    elif verb == "word":
        actions.hide_word(found, plain_words(request, "word")[:24], by=request.actor, at=request.at)
        messages.success(request, _("Changed."))
    else:
        raise Http404
    return redirect("workshops:live", organisation, row.public_id)


@require_GET
def screen(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """What the projector shows: how to come in, the newest open poll, the questions that are supported most."""
    row = run_by(request, workshop)
    address = request.build_absolute_uri(reverse("workshop:page", args=[row.public_id]))
    open_ = [one for one in queries.polls_in(row) if one.state == "open"][:1]
    shown = open_ or queries.polls_in(row)[:1]
    waiting = [one for one in queries.questions_in(row) if one.state == "asked"]
    context = {
        "workshop": row,
        "questions": [(one, saying.asker(one)) for one in waiting[:ON_SCREEN]],
        "polls": saying.polls(shown),
    }  # fmt: skip
    if request.htmx:
        return render(request, "workshops/screen_part.html", context)
    return render(request, "workshops/screen.html", context | {"address": address, "code": qr(address)})


def _part(row: Workshop) -> dict[str, Any]:
    questions = queries.questions_in(row, hidden=True)
    return {
        "workshop": row,
        "questions": [(one, saying.asker(one), str(QUESTION_STATES[one.state])) for one in questions],
        "polls": saying.polls(queries.polls_in(row, drafts=True), moderating=True),
    }


def _page(request: Request, row: Workshop, form: PollForm, status: int) -> HttpResponse:
    context = {**page_of(request, row, "live", ""), **_part(row), "form": form}
    return render(request, "workshops/live.html", context, status=status)
