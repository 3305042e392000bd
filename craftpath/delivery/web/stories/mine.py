"""What is one's own: stories, questions to answer, and why a comment was hidden."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.stories.forms import AnswerForm
from craftpath.delivery.web.stories.places import TONES, tabs
from craftpath.domain.stories import actions, queries, rules
from craftpath.domain.stories.texts import STATES


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """Three lists."""
    return render(request, "stories/mine.html", _page(request))


def _page(request: Request, wrong: str = "", form: AnswerForm | None = None) -> dict[str, Any]:
    questions = [
        {
            "row": one,
            "form": form
            if form is not None and one.public_id == wrong
            else AnswerForm(auto_id=f"{one.public_id}_%s", initial={"answer": one.answer}),
        }
        for one in queries.asked_of(request.user)
    ]
    return {
        "tabs": tabs(request, "mine"),
        "stories": [
            {"row": one, "state": str(STATES[one.state]), "tone": TONES[one.state],
             "waits": not one.reach and bool(rules.may_agree(request.actor, one))}
            for one in queries.own(request.user)
        ],
        "questions": questions,
        "hidden": queries.reasons_to_read(request.user),
        "tells": bool(rules.may_tell(request.actor, request.organisation)),
    }  # fmt: skip


@require_POST
def answer(request: Request, organisation: str, question: str) -> HttpResponse:
    """Answer a question to one's own story."""
    row = get_object_or_404(queries.asked_of(request.user), public_id=plain_id(question))
    form = AnswerForm(request.POST, auto_id=f"{row.public_id}_%s")

    def act() -> None:
        actions.answer_question(row, answer=form.cleaned_data["answer"], by=request.actor, at=request.at)

    status = tried(request, form, _("Answered. Whoever asked reads it at the story."), act)
    if not status:
        return redirect("stories:mine", organisation)
    return render(request, "stories/mine.html", _page(request, row.public_id, form), status=status)
