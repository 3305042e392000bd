"""A diagnosis: one question at a time, then what was found, with its doubt."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.exams.answers import answer_in_words
from craftpath.delivery.web.exams.showing import answer_from, block, candidate, key_in_words, plain
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.study.places import found, found_skill, made_id, shown_picture, trail
from craftpath.delivery.web.study.saying import ENOUGH, TONES, bar, questions_said
from craftpath.domain.exams.exercises import still_open
from craftpath.domain.exams.queries import content_of
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.study import actions, queries, rules
from craftpath.domain.study.measuring import RULE, measured
from craftpath.domain.study.texts import ENDS, FOUND
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.exams.models import ItemVersion
    from craftpath.domain.study.models import Answered, Diagnosis


@require_POST
@needs(Permission.SEE_RESULTS)
def begin(request: Request, organisation: str, enrolment: str, skill: str) -> HttpResponse:
    """Where do I stand? Begin, or go on with what is open."""
    row, which = found(enrolment), found_skill(skill)
    try:
        made = actions.begin_diagnosis(
            row, which.key, made_id=uuid.uuid5(made_id(request), which.key), by=request.actor, at=request.at
        )
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
        return redirect("study:skill", organisation, enrolment, skill)
    return redirect("study:diagnosis", organisation, made.public_id)


def _found(public_id: str) -> Diagnosis:
    return get_object_or_404(queries.diagnoses(), public_id=plain_id(public_id))


@require_GET
@needs(Permission.SEE_RESULTS)
def diagnosis(request: Request, organisation: str, diagnosis: str) -> HttpResponse:
    """The question that waits, or the result."""
    row = _found(diagnosis)
    if row.state == "open":
        return _question(request, row)
    return _result(request, row)


def _question(request: Request, row: Diagnosis, *, fault: str = "", status: int = 200) -> HttpResponse:
    version = row.posed
    assert version is not None  # noqa: S101  (an open diagnosis waits for an answer: a constraint)
    own, n = rules.is_own(request.actor, row.enrolment), queries.count_in(row)
    context = _frame(request, row) | {
        "own": own,
        "n": n + 1,
        "fewest": RULE.fewest,
        "most": RULE.most,
        "places": range(1, RULE.most + 1),
        "version": version.pk,
        "made_id": uuid.uuid4(),
        "open": still_open(version),
        "fault": fault,
    }
    if own and context["open"]:
        content = content_of(version, version.item.kind)
        context["shown"] = candidate(content, _address(request, row), None, version.stimulus) | {
            "file": False
        }
    return render(request, "study/question.html", context, status=status)


def _frame(request: Request, row: Diagnosis) -> dict[str, Any]:
    skill = skills_by_key([row.skill]).get(row.skill)
    name = text(skill.name) if skill else row.skill
    return {
        "diagnosis": row,
        "enrolment": row.enrolment,
        "skill_name": name,
        "crumbs": trail(request, row.enrolment, name),
    }


def _address(request: Request, row: Diagnosis) -> Any:
    key = request.organisation.key
    return lambda picture: reverse("study:picture", args=[key, row.public_id, picture])


@require_POST
@needs(Permission.SEE_RESULTS)
def answer(request: Request, organisation: str, diagnosis: str) -> HttpResponse:
    """One answer; sent again, it counts once. Nothing of it is judged before the end."""
    row = _found(diagnosis)
    version, asked = row.posed, request.POST.get("version", "")
    given = None
    if version is not None and asked == str(version.pk) and "unknown" not in request.POST:
        given = answer_from(content_of(version, version.item.kind), request.POST)
    try:
        actions.answer_diagnosis(
            row,
            version=_number(asked),
            given=given,
            made_id=made_id(request),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        if refused.verdict.who or row.state != "open":
            raise
        return _question(request, row, fault=sentence(refused.verdict), status=409)
    return redirect("study:diagnosis", organisation, diagnosis)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else 0


@require_POST
@needs(Permission.SEE_RESULTS)
def stop(request: Request, organisation: str, diagnosis: str) -> HttpResponse:
    """Stop before the end."""
    actions.stop_diagnosis(_found(diagnosis), by=request.actor, at=request.at)
    messages.success(request, _("Stopped. What you answered counts all the same."))
    return redirect("study:diagnosis", organisation, diagnosis)


def _result(request: Request, row: Diagnosis) -> HttpResponse:
    """What was known when it ended, and each question with what is right."""
    assert row.ended_at is not None  # noqa: S101  (what is not open has ended: a constraint)
    own = rules.is_own(request.actor, row.enrolment)
    found = measured([row.enrolment_id], [row.skill], row.ended_at)
    answers = queries.answers_to(row)
    right = sum(one.right for one in answers)
    context = _frame(request, row) | {
        "own": own,
        "word": FOUND.get(row.found, ""),
        "tone": TONES[row.found],
        "ended": ENDS[row.ended_because] % {"most": RULE.most} if row.ended_because else "",
        "bar": bar(found, 0, 0),
        "enough": ENOUGH,
        "chance": f"{100 * float(found.now.chance[0, 0]):.0f} %",
        "said": questions_said(int(found.now.n[0, 0])),
        "right": right,
        "n": len(answers),
        "lines": [line(one, _address(request, row)) for one in answers] if own else [],
        "made_id": uuid.uuid4(),
    }
    return render(request, "study/result.html", context)


def line(one: Answered, address: Any) -> dict[str, Any]:
    """A question that was answered, with what is right and why."""
    content = content_of(one.version, one.version.item.kind)
    return {
        "words": plain(one.version.stem, 160),
        "right": one.right,
        "given": answer_in_words(content, one.given) if one.given else _("not known"),
        "key": key_in_words(content),
        "why": block(content.explanation, address),
    }


@require_GET
@needs(Permission.SEE_RESULTS)
def picture(request: Request, organisation: str, diagnosis: str, picture: str) -> HttpResponse:
    """A picture of a question that is or was posed here."""
    row = _found(diagnosis)
    versions: list[ItemVersion] = [one.version for one in queries.answers_to(row)]
    return shown_picture([*([row.posed] if row.posed else []), *versions], picture)
