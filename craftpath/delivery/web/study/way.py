"""What comes next, with the reason of each step and the things that lead there; and what is skipped, and why."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.study.leads import leads_to
from craftpath.delivery.web.study.places import found, found_skill, tabs, trail
from craftpath.delivery.web.study.saying import because, skipped_said
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.study import actions, rules
from craftpath.domain.study.pathing import way_of
from craftpath.engines.mastery import Why
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.standards.models import Skill
    from craftpath.domain.study.pathing import Way

MOST = 5
"""Steps that are shown with what leads there; the others are named."""


@require_GET
@needs(Permission.SEE_RESULTS)
def way(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """The path of one apprentice."""
    row = found(enrolment)
    made = way_of(row, request.today, request.at)
    some = (made.path.steps, made.path.skipped, made.path.later)
    names = skills_by_key(step.key for steps in some for step in steps)
    shown = [step for step in made.path.steps if step.key in names]
    leads = leads_to(request, row, [step.key for step in shown[:MOST]])
    context = {
        "enrolment": row,
        "own": rules.is_own(request.actor, row),
        "active": row.state == "active",
        "steps": [
            {
                "skill": names[step.key],
                "because": because(step.reasons, made, step.key, names),
                "override": made.overrides.get(step.key),
                "leads": leads.get(step.key, []),
            }
            for step in shown[:MOST]
        ],
        "further": [names[step.key] for step in shown[MOST:]],
        "skipped": _skipped(made, names),
        "later": _later(row, made, names),
        "made_id": uuid.uuid4(),
        "tabs": tabs(request, row, "study:way"),
        "crumbs": trail(request, row),
    }
    return render(request, "study/way.html", context)


def _skipped(made: Way, names: dict[str, Skill]) -> list[dict[str, Any]]:
    return [
        {
            "skill": names[step.key],
            "why": skipped_said(step.reasons[0], made.overrides.get(step.key)),
            "mastered": step.reasons[0].why is Why.MASTERED,
        }
        for step in made.path.skipped
        if step.key in names
    ]


def _later(row: Enrolment, made: Way, names: dict[str, Skill]) -> list[tuple[str, list[Skill]]]:
    """Skills of later stages, stage by stage."""
    order = {step.key: made.wanted[step.key].stage for step in made.path.later if step.key in made.wanted}
    return [
        (text(stage.name), some)
        for stage in stages_of(row.cohort.programme_id)
        if (some := [names[key] for key, at in order.items() if at == stage.order and key in names])
    ]


@require_POST
@needs(Permission.SEE_RESULTS)
def anyway(request: Request, organisation: str, enrolment: str, skill: str) -> HttpResponse:
    """Show it on the path although it is mastered."""
    row, which = found(enrolment), found_skill(skill)
    actions.show_anyway(row, which.key, by=request.actor, at=request.at)
    messages.success(request, _("It stands on your path again."))
    return redirect("study:way", organisation, enrolment)
