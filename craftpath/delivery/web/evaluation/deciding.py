"""Deciding a cohort's results in one act, and correcting one that is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.evaluation.forms import CorrectionForm
from craftpath.delivery.web.evaluation.official import figure_of
from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation import actions, queries, rules
from craftpath.domain.evaluation.versions import Readiness, derivation_of, readiness, versions_of
from craftpath.domain.programmes.details import level_names
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation, ResultVersion

MOST_TICKS = 300  # people with a tick of their own; a larger cohort is decided whole
NOT_SO = {"evaluation.results_moved", "evaluation.nothing_to_decide"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECIDE_RESULTS)
def decide(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """First everybody whose result can be decided; then, confirmed, the decision."""
    found = get_object_or_404(queries.evaluations(), public_id=evaluation)
    require(rules.may_decide(request.actor, found.cohort))
    if request.method == "POST":
        return _decided(request, found)
    return _page(request, found, readiness(found), status=200)


def _page(
    request: Request, found: Evaluation, ready: Readiness, *, status: int, chosen: set[str] | None = None
) -> HttpResponse:
    definition = found.scheme.definition
    context = {
        "evaluation": found,
        "ready": ready,
        "ticks": len(ready.rows) <= MOST_TICKS,
        "chosen": chosen if chosen is not None else {row.enrolment.public_id for row in ready.rows},
        "met": sum(row.passed is True for row in ready.rows),
        "graded": bool(level_names(definition)),
        "basis": actions.basis_of(found),
        "terms": rules.terms_of(definition),
        "crumbs": to_stage(request, found, here(_("Decide"))),
    }
    return render(request, "evaluation/decide.html", context, status=status)


def _decided(request: Request, found: Evaluation) -> HttpResponse:
    everybody = request.POST.get("everybody") == "1"
    wanted = set(map(plain_id, request.POST.getlist("who")))
    if not everybody and not wanted:
        messages.warning(request, _("Tick at least one apprentice."))
        return redirect("evaluation:decide", request.organisation.key, found.public_id)
    people = [] if everybody else list(enrolments().filter(cohort=found.cohort_id, public_id__in=wanted))
    if len(people) != len(wanted) and not everybody:
        raise Http404
    try:
        outcome = actions.decide_results(
            found,
            None if everybody else people,
            basis=request.POST.get("basis", ""),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        if refused.verdict.reason not in NOT_SO:
            raise
        messages.warning(request, sentence(refused.verdict))
        return _page(request, found, readiness(found), status=409, chosen=wanted or None)
    said = ngettext(
        "Decided: %(count)s result. It is official from now on.",
        "Decided: %(count)s results. They are official from now on.",
        outcome.decided,
    )
    messages.success(request, said % {"count": outcome.decided})
    return redirect("evaluation:cohort", request.organisation.key, found.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECIDE_RESULTS)
def correct(request: Request, organisation: str, evaluation: str, enrolment: str) -> HttpResponse:
    """Other marks for a decided result, with the reason: its next version."""
    version = in_force(evaluation, enrolment)
    require(rules.may_decide(request.actor, version.evaluation.cohort))
    marks = derivation_of(version).marks
    form = CorrectionForm(request.POST or None, version=version, marks=marks, first=[])
    if request.method == "POST" and form.is_valid():
        following = actions.correct_result(
            version, form.new, reason=form.cleaned_data["reason"], by=request.actor, at=request.at
        )
        told(request, following)
        return redirect("evaluation:derivation", organisation, evaluation, enrolment)
    owner = step(request, version.enrolment.person.name, "evaluation:derivation", evaluation, enrolment)
    context = {
        "version": version,
        "figure": figure_of(version),
        "form": form,
        "crumbs": to_stage(request, version.evaluation, owner, here(_("Correct"))),
    }
    return render(request, "evaluation/correct.html", context, status=422 if form.is_bound else 200)


def told(request: Request, version: ResultVersion) -> None:
    """Say what a correction came to."""
    facts = {"who": version.enrolment.person.name, "number": version.number, "figure": figure_of(version)}
    messages.success(
        request, _("Corrected: the result of %(who)s is now %(figure)s, version %(number)s.") % facts
    )


def in_force(evaluation: str, enrolment: str) -> ResultVersion:
    """The newest version of a decided result; 404 where none is seen."""
    found = get_object_or_404(queries.evaluations(), public_id=evaluation)
    learner = get_object_or_404(enrolments(), public_id=enrolment, cohort=found.cohort_id)
    versions = versions_of(found, learner)
    if not versions:
        raise Http404
    return versions[0]


def stage_of(version: ResultVersion) -> str:
    """Whose stage it is, in words."""
    return f"{version.enrolment.person.name} · {text(version.evaluation.stage.name)}"
