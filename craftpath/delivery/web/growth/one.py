"""One person's core skills: a radar of the stages, what to do next, every skill with its doubt beside the peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.growth import drawing, saying
from craftpath.delivery.web.growth.places import asking, found, framework_asked, stage_asked, trail
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import Step, mentors_of, path_of
from craftpath.domain.growth import queries, rules
from craftpath.domain.growth.scale import value_of
from craftpath.domain.growth.standing import everybody, peers_of, seen_of, standing
from craftpath.domain.growth.steps import steps
from craftpath.domain.growth.texts import LEVELS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@require_GET
@needs(Permission.SEE_RESULTS)
def one(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """The page; the same few queries in a cohort of any size."""
    row = found(enrolment)
    path = path_of(row)
    at = stage_asked(path, request.GET.get("stage", ""))
    framework, choice = framework_asked(request)
    context: dict[str, Any] = choice | {
        "enrolment": row,
        "own": rules.is_own(request.actor, row),
        "kind": rules.view_kind(request.actor, row),
        "step": at,
        "tabs": _tabs(request, row, path, at, framework),
        "scale": list(LEVELS.items()),
        "rule": saying.rule_facts(),
        "crumbs": trail(request, row),
    }
    if at is not None:
        context |= _standing(request, row, at, framework)
    return render(request, "growth/one.html", context)


def _standing(request: Request, row: Enrolment, at: Step, framework: str) -> dict[str, Any]:
    """What stands in the stage that is looked at."""
    mine = standing(row.cohort, [row.pk], request.today, framework=framework)
    people = everybody(row.cohort, request.today)
    whole = standing(row.cohort, people, request.today, telling=False, framework=framework)
    others = peers_of(whole, row.pk if row.pk in people else None, seen_of(row.cohort) - {row.pk})
    stage = [one.pk for one in mine.stages].index(at.stage.pk)
    goals = {goal.skill: goal.words for goal in queries.goals_of(row.pk) if goal.state == "open"}
    views = [view for view in queries.views_of([row.pk]) if view.stage_id == at.stage.pk]
    own = next((view for view in views if view.kind == "self"), None)
    seen = {key: value_of(level) for key, level in own.levels.items()} if own else {}
    mentors = mentors_of([row]).get(row.pk, [])
    is_now = at.state == "open" and row.state == "active"
    next_steps = steps(mine, row, stage, goals, request.today) if is_now else []
    return {
        "radar": drawing.radar(mine, 0, stage, others),
        "any": bool(mine.levels.n[0].any()),
        "domains": drawing.lines(mine, 0, stage, others, seen, goals),
        "n": int(mine.levels.n[0, :, stage].sum()),
        "told": int(mine.levels.told[0, :, stage].sum()),
        "peers_shown": bool((others.n[:, stage] > 0).any()),
        "own_view": own,
        "mentors": mentors,
        "steps": saying.step_cards(request, row, next_steps, mentors),
    }


def _tabs(
    request: Request, row: Enrolment, path: list[Step], at: Step | None, framework: str
) -> list[dict[str, Any]]:
    """The stages that have begun, if there are several."""
    begun = [step for step in path if step.state != "locked"]
    base = reverse("growth:one", args=[request.organisation.key, row.public_id])
    if len(begun) < 2:  # noqa: PLR2004 - one tab is none
        return []
    return [
        {
            "label": text(step.stage.name),
            "url": base + asking(stage=step.stage.key, framework=framework),
            "current": step == at,
        }
        for step in begun
    ]
