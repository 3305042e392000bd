"""Questions about a line: asked by whoever is paid, answered by the office that pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.allowances import mine, places, saying
from craftpath.delivery.web.allowances.run import rows_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.allowances import actions, queries, rules
from craftpath.domain.allowances.rules import LONGEST_WORDS
from craftpath.domain.allowances.texts import QUESTION_STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Question

A_PAGE = 20


@require_POST
def ask(request: Request, organisation: str, line: str) -> HttpResponse:
    """Ask about a line of the own; what is refused keeps every word."""
    row, words = places.found_line(request, line), request.POST.get("words", "").replace("\0", "")
    try:
        actions.ask_about(row, words=words, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        return mine.page(request, row.public_id, words, sentence(refused.verdict), 409)
    messages.success(request, _("Asked. The office that pays answers; the answer stands here."))
    return redirect("allowances:mine", organisation)


@require_POST
def withdraw(request: Request, organisation: str, question: str) -> HttpResponse:
    """Take the own question back."""
    actions.withdraw_question(places.found_question(question), by=request.actor, at=request.at)
    messages.success(request, _("Taken back."))
    return redirect("allowances:mine", organisation)


@require_GET
@needs(Permission.RUN_ALLOWANCES)
def questions(request: Request, organisation: str) -> HttpResponse:
    """What waits first."""
    return _page(request)


@require_POST
@needs(Permission.RUN_ALLOWANCES)
def answer(request: Request, organisation: str, question: str) -> HttpResponse:
    """Answer; what is refused keeps every word."""
    row, words = places.found_question(question), request.POST.get("answer", "").replace("\0", "")
    try:
        actions.answer_question(row, answer=words, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        return _page(request, row.public_id, words, sentence(refused.verdict), 409)
    messages.success(request, _("Answered. Whoever asked reads it under My allowances."))
    return redirect("allowances:questions", organisation)


def _page(
    request: Request, wrong: str = "", typed: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    page = Paginator(queries.questions(request.organisation), A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "rows": [_row(request, one) for one in page.object_list],
        "page": page,
        "wrong": wrong,
        "typed": typed,
        "fault": fault,
        "most": LONGEST_WORDS,
        "tabs": places.tabs(request, "allowances:questions"),
    }
    return render(request, "allowances/questions.html", context, status=status)


def _row(request: Request, one: Question) -> dict[str, Any]:
    [line] = rows_of([one.line])
    return {
        "question": one,
        "line": line,
        "month": saying.month(one.line.month),
        "state": QUESTION_STATES[one.state],
        "tone": mine.QUESTION_TONES[one.state],
        "may": bool(rules.may_answer(request.actor, one)) and one.state == "asked",
    }
