"""One question with its answers, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.questions import saying
from craftpath.delivery.web.questions.forms import AnswerForm, ReasonForm, ReportForm
from craftpath.delivery.web.questions.places import found, found_file, tabs, to_question
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.questions import queries, rules
from craftpath.domain.questions.texts import AUDIENCES
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.questions.models import Question


@require_GET
@needs(Permission.ASK_QUESTIONS)
def question(request: Request, organisation: str, question: str) -> HttpResponse:
    """The thread: the question, what helped, what masters vouch for, the rest in time."""
    return render(request, "questions/question.html", page_of(request, found(question)))


def page_of(request: Request, row: Question, *, form: AnswerForm | None = None) -> dict[str, Any]:
    """What the page of a question shows; about ten queries however many answers."""
    thread = queries.thread(row, request.actor.person)
    first, rest = saying.posts(request, thread, queries.wordings(row))
    known = skills_by_key([row.skill])
    return {
        "tabs": tabs(request, ""),
        "crumbs": to_question(request, row),
        "row": row,
        "first": first,
        "rest": rest,
        "skill": text(known[row.skill].name) if row.skill in known else "",
        "audience": AUDIENCES[row.audience],
        "cohort": text(row.cohort.name) if row.cohort and rules.may_know(request.actor, row) else "",
        "badge": saying.badge(row),
        "waits": _waits(request, row),
        "form": form or (AnswerForm() if rules.can_answer(row) else None),
        "report": ReportForm(auto_id=False),
        "reason": ReasonForm(auto_id=False),
        "own": first.own,
    }


def _waits(request: Request, row: Question) -> str:
    """By when, and – only to whoever asked, and to those who may know the person – who is asked to answer."""
    if row.state != "open" or row.answered_at is not None:
        return ""
    by = _("An answer is promised by %(day)s.") % {"day": day(row.due_on)}
    if not rules.may_know(request.actor, row):
        return by
    names = [saying.name_of(person) for person in queries.calls_of(row)]
    if not names:
        return _("%(by)s The office sees to it that somebody answers.") % {"by": by}
    return _("%(by)s Asked: %(names)s.") % {"by": by, "names": listed(names)}


@require_GET
@needs(Permission.ASK_QUESTIONS)
def file(request: Request, organisation: str, photo: str) -> HttpResponse:
    """A photo or a recording, to whoever may read what it belongs to."""
    row = found_file(photo)
    post = row.answer or row.question
    if post.state != "open":
        own = rules.wrote(request.actor, post) and post.state == "hidden"
        if not own and not rules.may_tend(request.actor, row.question.organisation):
            raise Http404
    response = HttpResponse(row.kept.bytes(), content_type=row.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
