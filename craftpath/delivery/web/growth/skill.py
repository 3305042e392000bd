"""One skill of one person: what was said of it and when, the own goal, objections."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.growth import drawing, saying
from craftpath.delivery.web.growth.beside import beside
from craftpath.delivery.web.growth.places import found, found_skill, trail
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusal_of
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.growth import actions, queries, rules
from craftpath.domain.growth.standing import Standing, standing
from craftpath.domain.growth.texts import GOAL_STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.standards.models import Skill


@require_GET
@needs(Permission.SEE_RESULTS)
def skill(request: Request, organisation: str, enrolment: str, skill: str) -> HttpResponse:
    """The timeline, the newest proof first."""
    return _page(request, found(enrolment), found_skill(skill))


def _page(request: Request, row: Enrolment, which: Skill, *, status: int = 200, **more: Any) -> HttpResponse:
    mine = standing(row.cohort, [row.pk], request.today, framework=which.framework.key)
    objections = queries.objections_of(row.pk)
    gone = [one for one in objections.values() if one.skill in mine.same[which.key] and one.state == "upheld"]
    goals = [one for one in queries.goals_of(row.pk) if one.skill == which.key]
    context = {
        "enrolment": row,
        "skill": which,
        "own": rules.is_own(request.actor, row),
        "active": row.state == "active",
        "may_answer": bool(rules.may_answer(request.actor, row)),
        "stages": _stages(mine, which),
        "proofs": saying.proof_lines(request, row, mine, which.key, objections),
        "gone": gone,
        "goal": next((one for one in goals if one.state == "open"), None),
        "past": [(one, GOAL_STATES[one.state]) for one in goals if one.state != "open"],
        "most_goal": rules.LONGEST_GOAL,
        "most": rules.LONGEST_WORDS,
        "rule": saying.rule_facts(),
        "path": _path(which),
        "beside": beside(which.key, mine.beside, row.cohort),
        "crumbs": trail(request, row, text(which.name), framework=which.framework.key),
    }
    return render(request, "growth/skill.html", context | more, status=status)


def _path(which: Skill) -> list[tuple[str, str]]:
    """What the framework says of the skill at each of its levels, the lowest first: how far, and not how reliably."""
    return [
        (text(level["name"]), text(which.levels[level["key"]]))
        for level in which.framework.levels
        if which.levels.get(level["key"])
    ]


def _stages(mine: Standing, which: Skill) -> list[dict[str, Any]]:
    """The level in each stage with proofs."""
    n = [one.key for one in mine.skills].index(which.key)
    made = []
    for at, stage in enumerate(mine.stages):
        level, low, high = (
            float(one[0, n, at]) for one in (mine.levels.level, mine.levels.low, mine.levels.high)
        )
        count, told = int(mine.levels.n[0, n, at]), int(mine.levels.told[0, n, at])
        if count or told:
            known = not np.isnan(level)
            made.append(
                {
                    "stage": stage,
                    "order": str(stage.order),
                    "figure": drawing.figure(level) if known else "",
                    "word": drawing.word(level) if known else "",
                    "between": f"{drawing.figure(low)}–{drawing.figure(high)}" if known else "",
                    "mark": drawing.mark(level, low, high, np.nan, None),
                    "n": count,
                    "told": told,
                }
            )
    return made


@require_POST
@needs(Permission.SEE_RESULTS)
def goal(request: Request, organisation: str, enrolment: str, skill: str) -> HttpResponse:
    """Set the own goal, or say it in other words."""
    row, which, words = found(enrolment), found_skill(skill), plain_words(request)
    fault = refusal_of(lambda: actions.set_goal(row, which.key, words=words, by=request.actor, at=request.at))
    if fault:
        return _page(request, row, which, status=409, goal_fault=fault, goal_typed=words)
    messages.success(request, _("Your goal is kept. Your mentor and your college can read it."))
    return redirect("growth:skill", organisation, enrolment, skill)


@require_POST
@needs(Permission.SEE_RESULTS)
def end_goal(request: Request, organisation: str, goal: str, verb: str) -> HttpResponse:
    """Reach or drop a goal."""
    row = get_object_or_404(queries.goals(), public_id=plain_id(goal))
    acts = {"reach": actions.reach_goal, "drop": actions.drop_goal}
    if verb not in acts:
        raise Http404
    acts[verb](row, by=request.actor, at=request.at)
    said = {"reach": _("Reached. Set yourself another one when you like."), "drop": _("The goal is dropped.")}
    messages.success(request, said[verb])
    return redirect("growth:skill", organisation, row.enrolment.public_id, row.skill)


@require_POST
@needs(Permission.SEE_RESULTS)
def object_to(request: Request, organisation: str, enrolment: str, skill: str) -> HttpResponse:
    """Object to a proof, as the apprentice."""
    row, which = found(enrolment), found_skill(skill)
    words, proof = plain_words(request), plain_words(request, "proof")[:80]
    fault = refusal_of(
        lambda: actions.object_to_proof(
            row, proof=proof, skill=which.key, words=words, by=request.actor, at=request.at
        )
    )
    if fault:
        return _page(request, row, which, status=409, fault=fault, faulty=proof, typed=words)
    messages.success(request, _("Your objection is sent. The proof counts until somebody has answered."))
    return redirect("growth:skill", organisation, enrolment, skill)


@require_POST
@needs(Permission.SEE_RESULTS)
def answer(request: Request, organisation: str, objection: str, verb: str) -> HttpResponse:
    """Answer an objection, or take the own one back."""
    row = get_object_or_404(queries.objections(), public_id=plain_id(objection))
    by, at, words = request.actor, request.at, plain_words(request, "answer")
    acts: dict[str, Callable[[], object]] = {
        "uphold": lambda: actions.uphold_objection(row, answer=words, by=by, at=at),
        "reject": lambda: actions.reject_objection(row, answer=words, by=by, at=at),
        "withdraw": lambda: actions.withdraw_objection(row, by=by, at=at),
    }
    if verb not in acts:
        raise Http404
    which = found_skill(plain_words(request, "skill") or row.skill)
    fault = refusal_of(acts[verb])
    if fault:
        return _page(
            request, found(row.enrolment.public_id), which,
            status=409, fault=fault, faulty=row.proof, typed=words,
        )  # fmt: skip
    messages.success(
        request, _("The objection is taken back.") if verb == "withdraw" else _("Answered, with your name.")
    )
    return redirect("growth:skill", organisation, row.enrolment.public_id, which.key)
