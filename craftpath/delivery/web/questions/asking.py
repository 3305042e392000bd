"""Asking, and what is like it while somebody types."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.questions import saying
from craftpath.delivery.web.questions.forms import AskForm, Files
from craftpath.delivery.web.questions.listing import page
from craftpath.delivery.web.questions.places import own_class
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.questions import actions, queries
from craftpath.domain.standards.guessing import guess
from craftpath.domain.standards.queries import skills
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.questions.models import Question


@require_POST
@needs(Permission.ASK_QUESTIONS)
def ask(request: Request, organisation: str) -> HttpResponse:
    """Take a question from the form of any page; what cannot be stays in the form, with the reason."""
    known, enrolment = skills(), own_class(request)
    form = AskForm(request.POST, request.FILES, skills=known, classes=enrolment is not None)
    made: list[Question] = []
    typed = form.is_valid()
    if typed:
        with refusals_in(form):
            made.append(asked(request, form, form.attached(), enrolment))
    if not made:
        return page(request, form=form, status=409 if typed else 422)
    messages.success(request, promised(made[0].due_on))
    return redirect("questions:question", organisation, made[0].public_id)


def asked(request: Request, form: AskForm, files: Files, enrolment: Enrolment | None) -> Question:
    """The question of a form that holds; without a skill it gets the one that its words speak of."""
    given = form.cleaned_data
    guessed = guess(given["text"], skills(), most=1)
    return actions.ask_question(
        made_id=given["made_id"], text=given["text"], name_to=given["name_to"],
        audience=given.get("audience") or "college",
        skill=given.get("skill") or (guessed[0].key if guessed else ""), files=files,
        organisation=request.organisation, enrolment=enrolment, by=request.actor, at=request.at,
    )  # fmt: skip


def promised(due_on: date) -> str:
    """What somebody who has asked is told."""
    return _("Asked. An answer is promised by %(day)s.") % {"day": day(due_on)}


@require_POST
@needs(Permission.ASK_QUESTIONS)
def like_this(request: Request, organisation: str) -> HttpResponse:
    """Questions that resemble what is typed. A POST, so that what somebody types stands in no log of addresses."""
    found = queries.similar(request.POST.get("text", "")[:600])
    return render(request, "questions/similar.html", {"lines": saying.lines(request, found)})
