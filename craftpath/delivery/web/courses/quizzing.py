"""Taking a quiz on a phone: one question a page, judged at once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.courses.places import followed, to_run
from craftpath.delivery.web.exams.showing import answer_from, block, candidate, judged
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.courses import actions, queries
from craftpath.domain.courses.content import read
from craftpath.domain.courses.quizzing import judge
from craftpath.domain.exams.practice import content_for_learning, picture_in

if TYPE_CHECKING:
    from craftpath.domain.courses.models import QuizQuestion, QuizTry


@require_POST
def begin(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """Begin a try, or go on with the open one."""
    row = followed(request, run)
    try:
        made_id = uuid.UUID(request.POST.get("made_id", ""))
    except ValueError:
        made_id = uuid.uuid4()
    made = actions.begin_quiz(row, plain_id(activity), made_id=made_id, by=request.actor, at=request.at)
    return redirect(_next(request, made))


def _next(request: Request, row: QuizTry) -> str:
    """The first question without an answer, else the result."""
    left = next((one.order for one in queries.questions_of(row) if one.answered_at is None), 0)
    return _page(request, row, left) if left else reverse(
        "courses:result", args=[request.organisation.key, row.public_id]
    )  # fmt: skip


def _page(request: Request, row: QuizTry, order: int) -> str:
    return reverse("courses:question", args=[request.organisation.key, row.public_id, order])


def _own(request: Request, public_id: str) -> QuizTry:
    row = queries.quiz_try(plain_id(public_id), request.user)
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, organisation: str, quiz: str, order: int) -> HttpResponse:
    """One question; an answer that is there is shown with what it is worth."""
    row = _own(request, quiz)
    rows = queries.questions_of(row)
    one = next((each for each in rows if each.order == order), None)
    if one is None:
        raise Http404
    if request.method == "POST":
        given = answer_from(content_for_learning(one.item), request.POST)
        actions.answer_question(row, order, given, by=request.actor, at=request.at)
        return redirect(_page(request, row, order))
    content = content_for_learning(one.item)

    def address(picture: str) -> str:
        return reverse("courses:picture", args=[organisation, row.public_id, order, picture])

    answered = one.answered_at is not None
    context = {
        "row": row,
        "one": one,
        "shown": candidate(content, address, one.given, one.item.stimulus),
        "judged": judged(content, judge(one, one.given)) if answered else None,
        "explanation": block(content.explanation, address) if answered else "",
        "count": len(rows),
        "steps": [_step(request, row, each, order) for each in rows],
        "next": _next(request, row) if answered else "",
        "last": all(each.answered_at for each in rows),
        "title": _title(row),
        "crumbs": to_run(request, row.run, here(_title(row))),
    }
    return render(request, "courses/question.html", context)


def _step(request: Request, row: QuizTry, one: QuizQuestion, order: int) -> dict[str, Any]:
    look = "" if one.share is None else "right" if one.share == 1 else "wrong" if one.share == 0 else "partly"
    return {
        "number": one.order,
        "look": look,
        "current": one.order == order,
        "url": _page(request, row, one.order) if one.answered_at or one.order == order else "",
    }


def _title(row: QuizTry) -> str:
    found = queries.named_in([(row.run.version_id, row.activity_key)])
    return text(next(iter(found.values())).title) if found else ""


@require_GET
def result(request: Request, organisation: str, quiz: str) -> HttpResponse:
    """How a try went, and what comes next."""
    row = _own(request, quiz)
    if row.ended_at is None:
        return redirect(_next(request, row))
    one = queries.named_in([(row.run.version_id, row.activity_key)]).get(
        (row.run.version_id, row.activity_key)
    )
    content = read(one.kind, one.content) if one is not None else None
    rows = queries.questions_of(row)
    tries = queries.tries_of(row.run, request.user, row.activity_key)
    context = {
        "row": row,
        "run": row.run,
        "reached": f"{points(row.score)} %",
        "needed": f"{content.passes} %" if content else "",
        "passed": bool(content and row.score is not None and row.score >= content.passes),
        "steps": [_step(request, row, each, 0) for each in rows],
        "right": sum(one.share == 1 for one in rows),
        "count": len(rows),
        "again": bool(content and (not content.tries or len(tries) < content.tries)),
        "made_id": uuid.uuid4(),
        "title": _title(row),
        "crumbs": to_run(request, row.run, here(_title(row))),
    }
    return render(request, "courses/result.html", context)


@require_GET
def picture(request: Request, organisation: str, quiz: str, order: int, picture: str) -> HttpResponse:
    """A picture of a question of the own try."""
    row = _own(request, quiz)
    one = next((each for each in queries.questions_of(row) if each.order == order), None)
    found = picture_in(one.item, plain_id(picture)) if one is not None and plain_id(picture) else None
    if found is None:
        raise Http404
    response = HttpResponse(found.file.bytes(), content_type=found.media_type)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    return response
