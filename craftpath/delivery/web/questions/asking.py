"""Asking, and what is like it while somebody types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.questions import saying
from craftpath.delivery.web.questions.forms import AskForm
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


@require_POST
@needs(Permission.ASK_QUESTIONS)
def ask(request: Request, organisation: str) -> HttpResponse:
    """Take a question from the form of any page; what cannot be stays in the form, with the reason."""
    known, enrolment = skills(), own_class(request)
    form = AskForm(request.POST, request.FILES, skills=known, classes=enrolment is not None)
    made: list[Any] = []
    typed = form.is_valid()
    if typed:
        given = form.cleaned_data
        guessed = guess(given["text"], known, most=1)
        with refusals_in(form):
            made.append(
                actions.ask_question(
                    made_id=given["made_id"], text=given["text"], name_to=given["name_to"],
                    audience=given.get("audience") or "college",
                    skill=given["skill"] or (guessed[0].key if guessed else ""), files=form.attached(),
                    organisation=request.organisation, enrolment=enrolment, by=request.actor, at=request.at,
                )
            )  # fmt: skip
    if not made:
        return page(request, form=form, status=409 if typed else 422)
    messages.success(request, _("Asked. An answer is promised by %(day)s.") % {"day": day(made[0].due_on)})
    return redirect("questions:question", organisation, made[0].public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def like_this(request: Request, organisation: str) -> HttpResponse:
    """Questions that resemble what is typed. A POST, so that what somebody types stands in no log of addresses."""
    found = queries.similar(request.POST.get("text", "")[:600])
    return render(request, "questions/similar.html", {"lines": saying.lines(request, found)})
