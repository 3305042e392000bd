"""Recording that apprentices passed a stage: first who it concerns, then, confirmed, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from craftpath.delivery.web.apprenticeships.tables import person_lines
from craftpath.delivery.web.apprenticeships.trail import to_cohort
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here as page_itself
from craftpath.domain.apprenticeships import queries
from craftpath.domain.evaluation.actions import pass_judged
from craftpath.domain.evaluation.passing import NOT_PASSED, UNDECIDED, held_back
from craftpath.domain.evaluation.queries import evaluations_of
from craftpath.domain.evaluation.rules import may_decide
from craftpath.domain.programmes.queries import stage_after, stages_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.programmes.models import Stage


@require_POST
@needs(Permission.MANAGE_COHORTS)
def pass_stage(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Without `confirmed`, show who would pass what; with it, record the decision."""
    found = get_object_or_404(queries.cohorts(), public_id=cohort)
    stage = {one.key: one for one in stages_of(found.programme_id)}.get(request.POST.get("stage", ""))
    wanted = set(map(plain_id, request.POST.getlist("who")))
    if stage is None or not wanted:
        messages.warning(request, _("Tick at least one apprentice and choose the stage that is passed."))
        return redirect("apprenticeships:cohort", organisation, cohort)
    chosen = list(queries.enrolments().filter(cohort=found, state="active", public_id__in=wanted))
    if len(chosen) != len(wanted):
        raise Http404
    if request.POST.get("confirmed"):
        try:
            pass_judged(chosen, stage=stage, on=request.today, by=request.actor, at=request.at)
        except Refused:
            if not _passed(chosen, stage):
                raise
            messages.info(request, _("This is recorded already; nothing was done twice."))
            return redirect("apprenticeships:cohort", organisation, cohort)
        said = ngettext(
            "Recorded: %(count)s apprentice passed %(stage)s.",
            "Recorded: %(count)s apprentices passed %(stage)s.",
            len(chosen),
        )
        messages.success(request, said % {"count": len(chosen), "stage": text(stage.name)})
        return redirect("apprenticeships:cohort", organisation, cohort)
    paths = queries.paths_of(chosen)
    here = [
        row
        for row in chosen
        if any(step.stage.pk == stage.pk and step.state == "open" for step in paths[row.pk])
    ]
    held = held_back(here, stage)
    chosen_here = queries.enrolments().filter(pk__in=[row.pk for row in here])
    lines = person_lines(chosen_here, [stage], evaluations_of([found.pk], schemes=True))
    undecided = [line for line in lines if held.get(line.enrolment.pk) == UNDECIDED]
    judged = next((line.evaluation for line in undecided if line.evaluation), "")
    decidable = judged and may_decide(request.actor, found)
    context = {
        "crumbs": to_cohort(request, found, page_itself(text(stage.name))),
        "cohort": found,
        "stage": stage,
        "following": stage_after(stage),
        "people": [line for line in lines if line.enrolment.pk not in held],
        "undecided": undecided,
        "decide_url": reverse("evaluation:decide", args=[organisation, judged]) if decidable else "",
        "not_passed": [line for line in lines if held.get(line.enrolment.pk) == NOT_PASSED],
        "left_out": [row for row in chosen if row not in here],
    }
    return render(request, "apprenticeships/pass.html", context)


def _passed(chosen: Sequence[Enrolment], stage: Stage) -> bool:
    """Whether all of them have passed the stage, as after a second press of the button."""
    paths = queries.paths_of(chosen)
    return all(
        any(step.stage.pk == stage.pk and step.state == "passed" for step in paths[row.pk]) for row in chosen
    )
