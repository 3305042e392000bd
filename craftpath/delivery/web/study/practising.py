"""Five minutes of practice: one question, how it went, the next one; at the end when each comes again."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.exams.showing import answer_from, block, candidate, judged
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.study.diagnosing import line
from craftpath.delivery.web.study.places import found, made_id, shown_picture, trail
from craftpath.domain.exams.content import question
from craftpath.domain.exams.exercises import still_open, versions_by_id
from craftpath.domain.exams.queries import content_of
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.study import actions, queries, rules
from craftpath.domain.study.pathing import way_of
from craftpath.engines.scoring import score
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.study.models import Answered, PracticeSet


@require_POST
@needs(Permission.SEE_RESULTS)
def begin(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """What is due first; `skill` asks for new questions of one skill, else they come from what is next on the path."""
    row, asked = found(enrolment), request.POST.get("skill", "")
    by = request.actor
    if not rules.may_learn(by, row):
        raise Refused(rules.may_learn(by, row))
    wanted = [asked] if asked else way_of(row, request.today, request.at).next_skills
    try:
        made = actions.begin_practice(row, wanted=wanted, made_id=made_id(request), by=by, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
        return redirect("study:mine", organisation, enrolment)
    return redirect("study:set", organisation, made.public_id)


def _found(public_id: str) -> PracticeSet:
    return get_object_or_404(queries.sets(), public_id=plain_id(public_id))


@require_GET
@needs(Permission.SEE_RESULTS)
def practice(request: Request, organisation: str, practice: str) -> HttpResponse:
    """How the last one went (`?after=`), the next question, or what came of all."""
    row = _found(practice)
    answers = queries.answers_in(row)
    after = next((one for one in answers if one.public_id == request.GET.get("after")), None)
    if after is not None:
        return _how(request, row, after, len(answers))
    done = {one.version_id for one in answers}
    left = [one for one in row.questions if one[0] not in done]
    if row.state == "open" and left:
        return _next(request, row, left[0], len(answers))
    return _summary(request, row, answers)


def _frame(request: Request, row: PracticeSet) -> dict[str, Any]:
    return {
        "set": row,
        "enrolment": row.enrolment,
        "own": rules.is_own(request.actor, row.enrolment),
        "all": len(row.questions),
        "crumbs": trail(request, row.enrolment, _("Five minutes of practice")),
    }


def _address(request: Request, row: PracticeSet) -> Any:
    key = request.organisation.key
    return lambda picture: reverse("study:set_picture", args=[key, row.public_id, picture])


def _next(request: Request, row: PracticeSet, asked: list[Any], n: int) -> HttpResponse:
    version = versions_by_id([asked[0]])[asked[0]]
    skill = skills_by_key([asked[1]]).get(asked[1])
    context = _frame(request, row) | {
        "n": n + 1,
        "skill_name": text(skill.name) if skill else asked[1],
        "version": version.pk,
        "made_id": uuid.uuid4(),
        "open": still_open(version),
    }
    if context["own"] and context["open"]:
        content = content_of(version, version.item.kind)
        context["shown"] = candidate(content, _address(request, row), None, version.stimulus) | {
            "file": False
        }
    return render(request, "study/question.html", context)


def _how(request: Request, row: PracticeSet, one: Answered, n: int) -> HttpResponse:
    """What the answer was worth, what is right and why."""
    content = content_of(one.version, one.version.item.kind)
    address = _address(request, row)
    context = _frame(request, row) | {
        "n": n,
        "answered": one,
        "shown": candidate(content, address, one.given, one.version.stimulus) | {"file": False},
        "judged": judged(content, score(question(content), one.given)),
        "explanation": block(content.explanation, address),
        "again": queries.due_again(row.enrolment_id, [one.item_id]).get(one.item_id),
    }
    return render(request, "study/how.html", context)


def _summary(request: Request, row: PracticeSet, answers: list[Answered]) -> HttpResponse:
    again = queries.due_again(row.enrolment_id, [one.item_id for one in answers])
    context = _frame(request, row) | {
        "right": sum(one.right for one in answers),
        "n": len(answers),
        "lines": [line(one, _address(request, row)) | {"again": again.get(one.item_id)} for one in answers],
    }
    return render(request, "study/summary.html", context)


@require_POST
@needs(Permission.SEE_RESULTS)
def answer(request: Request, organisation: str, practice: str) -> HttpResponse:
    """One answer, with whether one was sure; sent again, it counts once."""
    row = _found(practice)
    typed = request.POST.get("version", "")
    known = {str(pk): pk for pk, _skill in row.questions}
    version = versions_by_id([known[typed]]).get(known[typed]) if typed in known else None
    given = answer_from(content_of(version, version.item.kind), request.POST) if version else None
    made = actions.answer_practice(
        row, version=version.pk if version else 0, given=given, sure=request.POST.get("sure") == "yes",
        made_id=made_id(request), by=request.actor, at=request.at,
    )  # fmt: skip
    url = reverse("study:set", args=[organisation, practice])
    return redirect(f"{url}?after={made.public_id}" if made else url)


@require_GET
@needs(Permission.SEE_RESULTS)
def picture(request: Request, organisation: str, practice: str, picture: str) -> HttpResponse:
    """A picture of a question of this set."""
    row = _found(practice)
    return shown_picture(versions_by_id([pk for pk, _skill in row.questions]).values(), picture)
