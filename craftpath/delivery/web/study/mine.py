"""My skills for now: every skill with its level and doubt; one skill with what was answered, said and objected."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.study.places import found, found_skill, tabs, trail
from craftpath.delivery.web.study.saying import ENOUGH, TONES, bar, last_said, questions_said, standing_of
from craftpath.domain.exams.exercises import exercises_by_skill
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.study import queries, rules
from craftpath.domain.study.measuring import measured, skills_answered
from craftpath.domain.study.texts import DIAGNOSIS_STATES, FOUND, KINDS, OBJECTION_STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.standards.models import Skill
    from craftpath.domain.study.measuring import Measured


@require_GET
@needs(Permission.SEE_RESULTS)
def mine(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """The list by domain; the same few queries however many skills."""
    row = found(enrolment)
    pool = exercises_by_skill(row.cohort.organisation)
    known = skills_by_key({*pool, *skills_answered([row.pk])})
    skills = sorted(known.values(), key=lambda one: (one.framework_id, one.order))
    level = measured([row.pk], [one.key for one in skills], request.at, before=True)
    held = queries.holding([row.pk], request.today).get(row.pk, {})
    open_ones = {one.skill: one for one in queries.diagnoses_of(row.pk) if one.state == "open"}
    surer = level.surer(row.pk)
    own = rules.is_own(request.actor, row)
    due = queries.due_count(row.pk, row.cohort.organisation, request.at)
    context = {
        "enrolment": row,
        "own": own,
        "active": row.state == "active",
        "domains": _domains(level, skills, pool, held, open_ones),
        "surer": _surer(surer) if surer else "",
        "due": due,
        "due_said": ngettext("%(n)s question is due.", "%(n)s questions are due.", due) % {"n": due}
        if due
        else "",
        "next_due": None if due else queries.next_due(row.pk, request.at),
        "enough": ENOUGH,
        "made_id": uuid.uuid4(),
        "tabs": tabs(request, row, "study:mine"),
        "crumbs": trail(request, row),
    }
    return render(request, "study/mine.html", context)


def _surer(n: int) -> str:
    said = ngettext("%(n)s skill is surer than a month ago.", "%(n)s skills are surer than a month ago.", n)
    return said % {"n": n}


def _domains(
    level: Measured,
    skills: list[Skill],
    pool: dict[str, int],
    held: dict[str, Any],
    open_ones: dict[str, Any],
) -> list[dict[str, Any]]:
    """Lines by domain, in the framework's order."""
    found: dict[str, dict[str, Any]] = {}
    for n, one in enumerate(skills):
        group = found.setdefault(one.domain, {"name": text(one.domain_name), "lines": []})
        group["lines"].append(_line(level, n, one, pool) | {
            "override": held.get(one.key),
            "override_word": KINDS[held[one.key].kind] if one.key in held else "",
            "half_done": open_ones.get(one.key),
        })  # fmt: skip
    return list(found.values())


def _line(level: Measured, n: int, one: Skill, pool: dict[str, int]) -> dict[str, Any]:
    """One skill: its bar, the word for it, what stands behind it."""
    count = int(level.now.n[0, n])
    state = standing_of(float(level.now.chance[0, n]), count)
    return {
        "skill": one,
        "bar": bar(level, 0, n),
        "state": state,
        "word": FOUND.get(state, ""),
        "tone": TONES[state],
        "n": questions_said(count) if count else "",
        "last": last_said(level.last.get((level.people[0], one.key))),
        "questions": pool.get(one.key, 0),
    }


@require_GET
@needs(Permission.SEE_RESULTS)
def skill(request: Request, organisation: str, enrolment: str, skill: str) -> HttpResponse:
    """One skill: where it stands, diagnoses, what somebody said over it, objections."""
    return skill_page(request, found(enrolment), found_skill(skill))


def skill_page(
    request: Request, row: Enrolment, which: Skill, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page; `more` are faults of its forms with what was typed."""
    level = measured([row.pk], [which.key], request.at)
    pool = exercises_by_skill(row.cohort.organisation)
    diagnoses = [one for one in queries.diagnoses_of(row.pk) if one.skill == which.key]
    overrides = list(queries.overrides().filter(enrolment=row.pk, skill=which.key)[:10])
    objections = list(queries.objections().filter(enrolment=row.pk, skill=which.key))
    by_override = {one.override_id: one for one in objections}
    context = {
        "enrolment": row,
        "skill": which,
        "own": rules.is_own(request.actor, row),
        "may_guide": bool(rules.may_guide(request.actor, row)),
        "active": row.state == "active",
        "line": _line(level, 0, which, pool),
        "chance": f"{100 * float(level.now.chance[0, 0]):.0f} %",
        "half_done": next((one for one in diagnoses if one.state == "open"), None),
        "past": [
            (one, FOUND.get(one.found) or DIAGNOSIS_STATES[one.state], TONES[one.found])
            for one in diagnoses
            if one.state != "open"
        ],
        "overrides": [
            (one, KINDS[one.kind], by_override.get(one.pk), one.until is None or one.until >= request.today)
            for one in overrides
        ],
        "objections": [(one, OBJECTION_STATES[one.state]) for one in objections],
        "kinds": list(KINDS.items()),
        "enough": ENOUGH,
        "most": rules.LONGEST_WORDS,
        "made_id": uuid.uuid4(),
        "crumbs": trail(request, row, text(which.name)),
    }  # fmt: skip
    return render(request, "study/skill.html", context | more, status=status)
