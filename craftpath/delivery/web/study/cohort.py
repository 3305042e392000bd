"""A cohort at a glance: people by skills, by what they answered; those whom the reader helps or has in the college."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.study.saying import bar, standing_of
from craftpath.domain.apprenticeships.helping import helped
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.exams.exercises import exercises_by_skill
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.study.measuring import Measured, measured, skills_answered
from craftpath.domain.study.queries import holding
from craftpath.domain.study.texts import FOUND, KINDS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.standards.models import Skill
    from craftpath.domain.study.models import Override

A_PAGE = 50  # people
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One person in one skill: a figure in percent, its shade (1–4, 0 for none), a sign of what was found, in words."""

    figure: str
    shade: int
    words: str
    mastered: bool = False
    override: str = ""


@require_GET
@needs(Permission.SEE_RESULTS)
def cohort(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """A page of people; the same few queries whatever their number and that of the skills."""
    row = get_object_or_404(cohorts(), public_id=plain_id(cohort))
    page = Paginator(helped().filter(cohort=row, state="active"), A_PAGE).get_page(request.GET.get("page"))
    people = list(page.object_list)
    ids = [one.pk for one in people]
    held = holding(ids, request.today)
    asked = {
        *exercises_by_skill(row.organisation),
        *skills_answered(ids),
        *(key for some in held.values() for key in some),
    }
    skills = sorted(skills_by_key(asked).values(), key=lambda one: (one.framework_id, one.order))
    found = measured(ids, [one.key for one in skills], request.at)
    context = {
        "cohort": row,
        "page": page,
        "domains": _domains(skills),
        "rows": [_row(request, found, n, one, skills, held.get(one.pk, {})) for n, one in enumerate(people)],
        "shades": [(n, f"{25 * (n - 1)}–{25 * n}") for n in range(1, QUARTERS + 1)],
        "crumbs": [step(request, pgettext("a place", "Study"), "study:entry"), here(text(row.name))],
    }
    return render(request, "study/cohort.html", context)


def _domains(skills: Sequence[Skill]) -> list[tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    for one in skills:
        found.setdefault(one.domain, (text(one.domain_name), []))[1].append(text(one.name))
    return list(found.values())


def _row(
    request: Request,
    found: Measured,
    n: int,
    one: Enrolment,
    skills: Sequence[Skill],
    held: dict[str, Override],
) -> dict[str, Any]:
    return {
        "enrolment": one,
        "url": reverse("study:mine", args=[request.organisation.key, one.public_id]),
        "cells": [_cell(found, n, at, skill, held.get(skill.key)) for at, skill in enumerate(skills)],
    }


def _cell(found: Measured, n: int, at: int, skill: Skill, override: Override | None) -> Cell:
    name, drawn = text(skill.name), bar(found, n, at)
    said = f"{KINDS[override.kind]} · {override.by.name}" if override else ""
    if drawn is None:
        return Cell("", 0, _("%(skill)s: nothing answered") % {"skill": name}, override=said)
    level = float(found.now.level[n, at])
    state = standing_of(float(found.now.chance[n, at]), int(found.now.n[n, at]))
    words = f"{name}: {FOUND[state]} · {drawn.words}"
    return Cell(drawn.percent, min(QUARTERS, int(QUARTERS * level) + 1), words, state == "mastered", said)
