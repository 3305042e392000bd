"""All plans, and the plan of one cohort: its units by stage, and whether they cover the programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.training.trail import tabs, to_plans
from craftpath.delivery.web.training.words import say_sum
from craftpath.domain.apprenticeships import queries as apprenticeships
from craftpath.domain.programmes.queries import areas_of, buckets_by_programme, stages_of, units_of
from craftpath.domain.training.actions import draft_plan
from craftpath.domain.training.coverage import Coverage, StageSums, Sum, coverage, served_as
from craftpath.domain.training.queries import plan_of, plans_by_cohort, units_of_plan, units_with_stays
from craftpath.domain.training.rotation import span_by_cohort
from craftpath.domain.training.rules import may_plan
from craftpath.kernel.roles import Permission, Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.training.models import PlanUnit, TrainingPlan

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A cohort with what is planned for it."""

    cohort: Cohort
    people: int
    plan: TrainingPlan | None
    rotation: tuple[date, date] | None


@require_GET
@needs(Permission.SEE_RESULTS)
def plans(request: Request, organisation: str) -> HttpResponse:
    """The cohorts with their plans; whoever looks after single people is led to those."""
    if not request.actor.may(Permission.SEE_FIGURES):
        own = "mine" if Role.APPRENTICE in request.actor.roles else "coming"
        return redirect(f"training:{own}", organisation)
    page = Paginator(apprenticeships.cohorts(), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    ids = [row.pk for row in rows]
    found, spans, people = plans_by_cohort(ids), span_by_cohort(ids), apprenticeships.headcounts(ids)
    lines = [PlanLine(row, people[row.pk].people, found.get(row.pk), spans.get(row.pk)) for row in rows]
    may = bool(request.actor.may(Permission.PLAN_TRAINING))
    return render(request, "training/plans.html", {"page": page, "lines": lines, "may_plan": may})


def cohort_of(public_id: str) -> Cohort:
    """A cohort that the reader sees, or 404."""
    return get_object_or_404(apprenticeships.cohorts(), public_id=public_id)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its outcomes and where it is learned."""

    unit: PlanUnit
    serves: list[str]
    places: list[str]
    bucket: str
    may_take_out: bool = False


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage (or the whole programme, without a name) with what its hours come to."""

    name: str
    minutes: int
    units: list[UnitLine]
    sums: list[tuple[Sum, str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """Names by key: of kinds of hours, of each unit's outcomes, of what own units serve."""

    buckets: dict[str, str]
    outcomes: dict[str, list[str]]
    served: dict[str, str]


@require_GET
@needs(Permission.SEE_RESULTS)
def plan(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Units by stage with sums against what is asked, and what nobody would learn."""
    found = cohort_of(cohort)
    plan = plan_of(found.pk)
    context: dict[str, Any] = {
        "cohort": found,
        "plan": plan,
        "crumbs": to_plans(request, here(text(found.name))),
        "tabs": tabs(request, found, "plan"),
        "may_plan": bool(may_plan(request.actor, found)),
    }
    if plan is not None:
        known = units_of(found.programme_id)
        buckets = buckets_by_programme([found.programme_id]).get(found.programme_id, [])
        covered = coverage(units_of_plan(plan), known, stages_of(found.programme_id), buckets)
        words = Words(
            {bucket.key: text(bucket.name) for bucket in buckets},
            {unit.key: [text(one.name) for one in unit.outcomes.all()] for unit in known},
            {served_as(unit.key, one.key): text(one.name) for unit in known for one in unit.outcomes.all()}
            | {area.key: text(area.name) for area in areas_of(found.programme_id)},
        )
        taken = units_with_stays(plan)
        context |= {
            "coverage": covered,
            "stages": [_stage(one, words, taken) for one in covered.stages],
            "whole": _stage(covered.whole, words, taken),
            "assumed": any(unit.conf == "A" for unit in known),
            "fits": _fits(covered),
        }
    return render(request, "training/plan.html", context)


def _stage(one: StageSums, words: Words, taken: set[int]) -> StageLine:
    lines = [
        UnitLine(
            unit,
            [words.served[key] for key in unit.serves if key in words.served]
            if unit.own
            else words.outcomes.get(unit.key, []),
            [f"{text(place.host.name)}: {text(place.name)}" for place in unit.departments.all()],
            words.buckets.get(unit.bucket, unit.bucket),
            unit.own and unit.pk not in taken,
        )
        for unit in one.units
    ]
    name = text(one.stage.name) if one.stage is not None else ""
    return StageLine(name, one.minutes, lines, [(row, *say_sum(row)) for row in one.sums])


def _fits(covered: Coverage) -> str:
    return (
        _(
            "The plan covers its programme: every outcome has a unit, and the hours are those that are asked for."
        )
        if covered.covers
        else ""
    )


@require_POST
@needs(Permission.PLAN_TRAINING)
def draft(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Copy the programme's units into a plan of the cohort's own."""
    draft_plan(cohort_of(cohort), by=request.actor, at=request.at)
    messages.success(
        request, _("The plan is drafted from the programme. Fit names, hours and departments to your class.")
    )
    return redirect("training:plan", organisation, cohort)
