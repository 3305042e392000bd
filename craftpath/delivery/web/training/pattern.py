"""A rotation from a pattern: choose weeks, look at what would come of it, publish, take back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.training.chart import DAYS, draw, monday_of
from craftpath.delivery.web.training.rotation import EARLIEST, LATEST
from craftpath.delivery.web.training.trail import to_plan
from craftpath.delivery.web.training.views import cohort_of
from craftpath.delivery.web.training.words import names_of, say_clash
from craftpath.domain.apprenticeships.queries import headcounts
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.training.actions import publish_pattern, undo_pattern
from craftpath.domain.training.offering import Offer
from craftpath.domain.training.patterns import Step, length
from craftpath.domain.training.publishing import offer
from craftpath.domain.training.queries import plan_of, units_of_plan
from craftpath.domain.training.rotation import patterns_of, span_by_cohort
from craftpath.domain.training.rules import MOST_WEEKS, may_plan
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.training.models import PlanUnit, TrainingPlan

A_WEEK = 36 * 60  # minutes of training that a suggestion takes a week to bring


@dataclass(frozen=True, slots=True)
class StepField:
    """A unit with the weeks that were typed or are suggested."""

    unit: PlanUnit
    weeks: str
    together: bool
    common: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A pattern as an address says it."""

    starts_on: date | None
    steps: list[Step]
    leave_out: bool
    wrong: str = ""


@require_GET
@needs(Permission.PLAN_TRAINING)
def pattern(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """The form, filled with a suggestion for the present stage; with a pattern in the address, its preview too."""
    found, plan = _planned(request, cohort)
    units = [unit for unit in units_of_plan(plan) if unit.minutes]
    looks = "starts_on" in request.GET
    asked = read(request.GET, units)
    stage = request.GET.get("stage", "") or _stage(found)
    context: dict[str, Any] = {
        "cohort": found,
        "crumbs": to_plan(request, found, here(_("Plan from a pattern"))),
        "groups": _groups(found, units, request.GET if looks else None, stage),
        "starts_on": request.GET.get("starts_on", "")[:10]
        if looks
        else _next_day(request, found).isoformat(),
        "leave_out": asked.leave_out,
        "said": asked.wrong if looks else "",
    }
    status = 200
    if looks and not asked.wrong and asked.starts_on is not None:
        try:
            seen = offer(plan, asked.steps, asked.starts_on, leave_out=asked.leave_out)
        except Refused as refused:
            if refused.verdict.who:
                raise
            context["said"], status = sentence(refused.verdict), 200
        else:
            context |= _preview(request, found, seen, asked, units)
    return render(request, "training/pattern.html", context, status=status)


@require_POST
@needs(Permission.PLAN_TRAINING)
def publish(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Publish what was seen; what has changed since, or blocks, leads back to a fresh look."""
    found, plan = _planned(request, cohort)
    asked = read(request.POST, [unit for unit in units_of_plan(plan) if unit.minutes])
    form = reverse("training:pattern", args=[organisation, cohort])
    if asked.wrong or asked.starts_on is None:
        messages.error(request, asked.wrong or _("Choose a first day."))
        return redirect(form)
    try:
        publish_pattern(
            plan, asked.steps, asked.starts_on, seen=plain_id(request.POST.get("seen", "")),
            leave_out=asked.leave_out, by=request.actor, at=request.at,
        )  # fmt: skip
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.error(request, sentence(refused.verdict))
        return redirect(f"{form}?{_query(request.POST, asked)}")
    messages.success(request, _("The rotation is published; everybody finds the own stays under Plan."))
    return redirect(f"{reverse('training:rotation', args=[organisation, cohort])}?from={asked.starts_on}")


@require_POST
@needs(Permission.PLAN_TRAINING)
def undo(request: Request, organisation: str, cohort: str, pattern: str) -> HttpResponse:
    """Cancel every stay of a published pattern, while nothing was built on it."""
    found, _plan = _planned(request, cohort)
    row = next((one for one in patterns_of(found.pk) if one.public_id == pattern), None)
    if row is None:
        raise Http404
    count = undo_pattern(row, by=request.actor, at=request.at)
    said = ngettext("%(count)s stay is cancelled.", "%(count)s stays are cancelled.", count) % {
        "count": count
    }
    messages.success(request, said)
    return redirect("training:rotation", organisation, cohort)


def _planned(request: Request, cohort: str) -> tuple[Cohort, TrainingPlan]:
    found = cohort_of(cohort)
    require(may_plan(request.actor, found))
    plan = plan_of(found.pk)
    if plan is None:
        raise Http404
    return found, plan


def read(given: Mapping[str, str], units: list[PlanUnit]) -> Asked:
    """Steps in the order of the plan; what is taught at the college is done together."""
    try:
        starts_on: date | None = date.fromisoformat(given.get("starts_on", ""))
    except ValueError:
        starts_on = None
    steps, wrong = [], ""
    for unit in units:
        typed = given.get(f"weeks-{unit.key}", "").strip()
        if typed in {"", "0"}:
            continue
        if not typed.isascii() or not typed.isdecimal() or not 1 <= int(typed[:6]) <= MOST_WEEKS:
            wrong = _("%(unit)s: write weeks as a whole number.") % {"unit": text(unit.name)}
            continue
        together = unit.place != "workplace" or given.get(f"together-{unit.key}") == "1"
        steps.append(Step(unit.key, int(typed), together))
    if starts_on is None or not EARLIEST <= starts_on <= LATEST:
        starts_on, wrong = None, wrong or _("Choose a first day.")
    return Asked(starts_on, steps, given.get("leave_out") == "1", wrong)


def _groups(
    cohort: Cohort, units: list[PlanUnit], given: Mapping[str, str] | None, stage: str
) -> list[tuple[str, bool, list[StepField]]]:
    """(name, whether anything is asked of it, fields) of each stage that has units."""
    found = []
    for one in stages_of(cohort.programme_id):
        fields = [
            StepField(
                unit,
                given.get(f"weeks-{unit.key}", "")[:4] if given is not None else _weeks(unit, stage),
                given is not None and given.get(f"together-{unit.key}") == "1",
                unit.place != "workplace",
            )
            for unit in units
            if unit.stage == one.key
        ]
        if fields:
            found.append((text(one.name), any(field.weeks for field in fields), fields))
    return found


def _weeks(unit: PlanUnit, stage: str) -> str:
    """A suggestion: the unit's hours in whole weeks, for the present stage; hours online need no place."""
    if unit.stage != stage or unit.place == "online":
        return ""
    return str(max(1, round(unit.minutes / A_WEEK)))


def _stage(cohort: Cohort) -> str:
    """The key of the stage in which most apprentices are, else of the first."""
    stages = stages_of(cohort.programme_id)
    count = headcounts([cohort.pk])[cohort.pk]
    most = max(count.stages, key=count.in_stage, default=0)
    return next((one.key for one in stages if one.pk == most), stages[0].key if stages else "")


def _next_day(request: Request, cohort: Cohort) -> date:
    """The next Monday, or the one after the last stay."""
    span = span_by_cohort([cohort.pk]).get(cohort.pk)
    free = max(request.today, span[1]) if span else request.today
    return monday_of(free) + timedelta(days=DAYS)


def _preview(
    request: Request, cohort: Cohort, seen: Offer, asked: Asked, units: list[PlanUnit]
) -> dict[str, Any]:
    if asked.starts_on is None:
        raise TypeError("a preview has a first day")
    apprentices = {row.pk: row.person.name for row in (*seen.people, *seen.left_out)}
    names = names_of(seen.stays, apprentices, units)
    said = [say_clash(one, names) for one in seen.clashes]
    first = monday_of(asked.starts_on)
    weeks = length(asked.steps) + (asked.starts_on != first)
    levels = Counter(one.level for one in seen.clashes)
    return {
        "seen": seen,
        "levels": levels,
        "clashes": said,
        "chart": draw(request, seen.people, seen.stays, said, first, weeks),
        "label": _("Preview of the rotation of %(name)s") % {"name": text(cohort.name)},
        "hidden": _hidden(request.GET, asked),
        "ends_on": asked.starts_on + timedelta(days=length(asked.steps) * DAYS - 1),
        "weeks": length(asked.steps),
        "without": f"?{_query(request.GET, asked)}&leave_out=1" if not asked.leave_out else "",
    }


def _hidden(given: Mapping[str, str], asked: Asked) -> list[tuple[str, str]]:
    """The pattern as hidden fields, so that what is published is what the address says."""
    fields = [("starts_on", str(asked.starts_on))]
    for step in asked.steps:
        fields.append((f"weeks-{step.unit}", str(step.weeks)))
        if given.get(f"together-{step.unit}") == "1":
            fields.append((f"together-{step.unit}", "1"))
    return fields + ([("leave_out", "1")] if asked.leave_out else [])


def _query(given: Mapping[str, str], asked: Asked) -> str:
    return "&".join(f"{name}={value}" for name, value in _hidden(given, asked))
