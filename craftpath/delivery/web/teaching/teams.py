"""The units of a class with their teams: who, which shares, what is open, what does not go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.teaching import saying
from craftpath.delivery.web.teaching.places import require_sees_teams, tabs
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.teaching import queries, rules
from craftpath.domain.teaching.conflicts import conflicts
from craftpath.domain.training.unit_days import units_of_cohorts
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.teaching.conflicts import Conflict
    from craftpath.domain.teaching.models import Team
    from craftpath.domain.training.models import PlanUnit

MOST_SAID = 5


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A unit with its team, if it has one."""

    unit: PlanUnit
    team: Team | None
    url: str
    parts: Sequence[queries.Part]
    bar: saying.Bar | None
    state: tuple[str, str]
    planned: int
    taught: int
    clashes: int


@require_GET
@needs(Permission.SEE_FIGURES)
def teams(request: Request, organisation: str) -> HttpResponse:
    """One class at a time; the same queries for few teams and many."""
    require_sees_teams(request)
    running = list(cohorts().filter(state="running"))
    with_teams = set(
        queries.teams().filter(state__in=("proposed", "active")).values_list("cohort_id", flat=True)
    )
    wanted = plain_id(request.GET.get("cohort", ""))
    first = next((row for row in running if row.pk in with_teams), running[0] if running else None)
    cohort = next((row for row in running if row.public_id == wanted), first)
    context: dict[str, Any] = {
        "cohort": cohort,
        "choices": [(row.public_id, text(row.name)) for row in running],
        "tabs": tabs(request, "teaching:teams"),
    }
    if cohort is not None:
        context |= _of_class(request, cohort)
    return render(request, "teaching/teams.html", context)


def _of_class(request: Request, cohort: Cohort) -> dict[str, Any]:
    units = units_of_cohorts([cohort.pk]).get(cohort.pk, [])
    open_ones = queries.open_teams([cohort.pk])
    parts = queries.parts_of(open_ones.values())
    clashes = conflicts(list(open_ones.values()), request.today)
    lines = [_line(request, cohort, unit, open_ones.get(unit.pk), parts, clashes) for unit in units]
    stages = {stage.key: text(stage.name) for stage in stages_of(cohort.programme_id)}
    groups: dict[str, list[TeamLine]] = {}
    for line in lines:
        groups.setdefault(stages.get(line.unit.stage, line.unit.stage), []).append(line)
    found = [
        (saying.team_url(request, team), text(team.unit.name), saying.conflict(one))
        for team in open_ones.values()
        for one in clashes.get(team.pk, ())
    ]
    kinds = queries.taught_by_kind([cohort.pk]).get(cohort.pk, {})
    return {
        "groups": [
            (stage, some, any(line.team for line in some), not open_ones and at == 0)
            for at, (stage, some) in enumerate(groups.items())
        ],
        "figures": {
            "units": len(lines),
            "with": sum(line.team is not None for line in lines),
            "waiting": sum(line.team is not None and line.team.state == "proposed" for line in lines),
            "open": sum(line.bar is not None and bool(line.bar.open) for line in lines),
            "clashes": len(found),
        },
        "clashes": found[:MOST_SAID],
        "more": max(0, len(found) - MOST_SAID),
        "kinds": saying.by_kind(kinds),
        "may": bool(rules.may_form(request.actor, cohort.organisation)),
    }


def _line(
    request: Request,
    cohort: Cohort,
    unit: PlanUnit,
    team: Team | None,
    parts: dict[int, list[queries.Part]],
    clashes: dict[int, list[Conflict]],
) -> TeamLine:
    if team is None:
        url = reverse("teaching:new", args=[request.organisation.key, cohort.public_id, unit.key])
        return TeamLine(unit, None, url, (), None, ("", "plain"), 0, 0, 0)
    own = parts[team.pk]
    return TeamLine(
        unit, team, saying.team_url(request, team), own, saying.bar(own), saying.state(team, request.today),
        sum(part.planned for part in own), sum(part.taught for part in own), len(clashes.get(team.pk, ())),
    )  # fmt: skip
