"""Buttons of a question and its answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.questions.forms import AnswerForm, ChangeForm
from craftpath.delivery.web.questions.one import page_of
from craftpath.delivery.web.questions.places import found, found_answer, to_question
from craftpath.delivery.web.questions.ruling import press, warn
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.questions import actions, rules
from craftpath.domain.standards.queries import skills
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.questions.models import Question

Act = Callable[..., object]
PLAIN: dict[str, tuple[Act, dict[str, Any], Any]] = {
    "accept": (actions.accept_answer, {}, lambda: _("Noted: this answer helped.")),
    "endorse": (actions.endorse_answer, {}, lambda: _("You vouch for this answer.")),
    "unendorse": (actions.endorse_answer, {"endorsed": False}, lambda: _("Taken back.")),
    "thank": (actions.thank_answer, {}, lambda: _("Thanks said.")),
    "unthank": (actions.thank_answer, {"thanked": False}, lambda: _("Taken back.")),
}


def _to(request: Request, row: Question) -> HttpResponse:
    return redirect("questions:question", request.organisation.key, row.public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def answer(request: Request, organisation: str, question: str) -> HttpResponse:
    """Answer from the page of the question or from the queue; two clicks."""
    row = found(question)
    form = AnswerForm(request.POST, request.FILES)

    def act() -> None:
        given = form.cleaned_data
        actions.write_answer(
            row,
            made_id=given["made_id"],
            text=given["text"],
            files=form.attached(),
            by=request.actor,
            at=request.at,
        )

    status = tried(request, form, _("Answered. Thank you."), act)
    if status:
        return render(request, "questions/question.html", page_of(request, row, form=form), status=status)
    return (
        redirect("questions:queue", organisation)
        if request.POST.get("from") == "queue"
        else _to(request, row)
    )


@require_POST
@needs(Permission.ASK_QUESTIONS)
def question_do(request: Request, organisation: str, question: str, verb: str) -> HttpResponse:
    """Withdraw, report, hide, or note that one has read what is new."""
    row = found(question)
    if verb == "read":
        actions.read_answers(row, by=request.actor, at=request.at)
        return redirect("questions:mine", organisation)
    return _said(request, row, row, verb)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def answer_do(request: Request, organisation: str, answer: str, verb: str) -> HttpResponse:
    """Accept, vouch, thank, withdraw, report, hide."""
    row = found_answer(answer)
    if verb in PLAIN:
        act, more, done = PLAIN[verb]
        act(row, **more, by=request.actor, at=request.at)
        messages.success(request, done())
        return _to(request, row.question)
    return _said(request, row, row.question, verb)


def _said(request: Request, post: Any, row: Question, verb: str) -> HttpResponse:
    form, status = press(request, post, verb, actions, rules, row.organisation)
    return _told(request, form, row, status)


def _told(request: Request, form: Any, row: Question, status: int) -> HttpResponse:
    """Back to the question; what could not be done is said there."""
    if not status:
        return _to(request, row)
    warn(request, form)
    return render(request, "questions/question.html", page_of(request, row), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def change(request: Request, organisation: str, question: str) -> HttpResponse:
    """Word an own question anew."""
    row = found(question)
    return _changed(request, row, row, pgettext("a question", "Change the question"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def change_answer(request: Request, organisation: str, answer: str) -> HttpResponse:
    """Word an own answer anew."""
    row = found_answer(answer)
    return _changed(request, row, row.question, pgettext("an answer", "Change the answer"))


def _changed(request: Request, post: Any, row: Question, title: str) -> HttpResponse:
    require(rules.may_change(request.actor, post))
    known = skills() if post is row else None
    start = {"text": post.text, "revision": post.revision, "skill": getattr(post, "skill", "")}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=start, skills=known)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Changed. What it said before can still be read."),
            lambda: actions.change_post(post, **form.cleaned_data, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return _to(request, row)
    context = {"form": form, "row": row, "title": title, "crumbs": to_question(request, row, title)}
    return render(request, "questions/change.html", context, status=status)
