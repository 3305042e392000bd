"""Cohorts, one cohort with its people and stages, and one apprentice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.apprenticeships import learner
from craftpath.delivery.web.apprenticeships.forms import PlanForm
from craftpath.delivery.web.apprenticeships.rows import cohort_rows, person_rows
from craftpath.delivery.web.apprenticeships.tables import cohort_line, cohort_lines, person_lines
from craftpath.delivery.web.apprenticeships.trail import to_cohort, to_cohorts
from craftpath.delivery.web.shell.lists import exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.agreements.queries import leaving_days
from craftpath.domain.apprenticeships import actions, queries
from craftpath.domain.apprenticeships.rules import may_import_roster, may_manage
from craftpath.domain.evaluation.actions import open_evaluation as open_one
from craftpath.domain.evaluation.queries import results_of
from craftpath.domain.evaluation.rules import may_record_marks, may_see_figures, may_see_results
from craftpath.domain.programmes.queries import schemes, stages_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment

COHORTS = 50  # on one page
PEOPLE = 100
LONGEST = 80  # characters of a search that are looked at


@require_GET
@needs(Permission.SEE_FIGURES)
def cohorts(request: Request, organisation: str) -> HttpResponse:
    """The organisation's cohorts, newest first."""
    page = Paginator(queries.cohorts(), COHORTS).get_page(request.GET.get("page"))
    floor = not may_see_results(request.actor)
    lines = cohort_lines(list(page.object_list), floor=floor)
    context = {"page": page, "lines": lines, "body": cohort_rows(request, lines)}
    return render(request, "apprenticeships/cohorts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_COHORTS)
def plan(request: Request, organisation: str) -> HttpResponse:
    """Plan a cohort; it runs from then on."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = actions.plan_cohort(
                    organisation=request.organisation, **form.values(), by=request.actor, at=request.at
                )
                actions.start_cohort(made, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.reason != "apprenticeships.cohort_exists":
                raise
            messages.info(request, sentence(refused.verdict))
            return redirect("apprenticeships:cohort", organisation, refused.verdict.facts["cohort"])
        name = {"name": text(made.name)}
        messages.success(request, _("%(name)s is planned. Now upload its roster.") % name)
        return redirect("apprenticeships:cohort", organisation, made.public_id)
    crumbs = to_cohorts(request, here(_("Plan a cohort")))
    status = 422 if form.is_bound else 200
    return render(request, "apprenticeships/plan.html", {"form": form, "crumbs": crumbs}, status=status)


def _cohort(public_id: str) -> Cohort:
    return get_object_or_404(queries.cohorts(), public_id=public_id)


@require_GET
@needs(Permission.SEE_FIGURES)
def cohort(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """One cohort: its stages with their evaluations, and its people for those who may see persons."""
    together = queries.with_path(queries.cohorts().filter(public_id=cohort))
    if together is None:
        raise Http404
    found, stages = together
    persons = bool(may_see_results(request.actor))
    asked = _asked(request)
    line = cohort_line(found, stages, floor=not persons)
    evaluations = [one.evaluation for one in line.stages if one.evaluation]
    manage = bool(may_manage(request.actor, found))
    page = _people(found, asked, known=line.people).get_page(request.GET.get("page")) if persons else None
    shown: Any = page.object_list if page is not None else queries.enrolments().none()  # a slice of them
    people = person_lines(shown, stages, evaluations)
    context = {
        "cohort": found,
        "ways": ways_out(request, "class", cohort),
        "crumbs": to_cohorts(request, here(text(found.name))),
        "may": {
            "manage": manage,
            "roster": bool(may_import_roster(request.actor, found)),
            "marks": bool(may_record_marks(request.actor, found)),
        },
        # The other stages are most likely judged as the first one is.
        "preferred": next((one.scheme.public_id for one in evaluations), ""),
        "line": line,
        "persons": persons,
        "q": asked,
        "page": page,
        "people": people,
        "body": person_rows(request, people),
        "schemes": _schemes(found) if manage and len(evaluations) < len(stages) else [],
    }
    return render(request, "apprenticeships/cohort.html", context)


@require_GET
@needs(Permission.SEE_RESULTS)
def class_list(request: Request, organisation: str, cohort: str, form: str) -> HttpResponse:
    """The people of the page as a file, all of those who fit."""
    require_form(form)
    together = queries.with_path(queries.cohorts().filter(public_id=cohort))
    if together is None:
        raise Http404
    found, stages = together
    evaluations = [one.evaluation for one in cohort_line(found, stages, floor=False).stages if one.evaluation]
    lines = person_lines(_matching(found, _asked(request)), stages, evaluations)
    made = listing(
        _("People of the cohort"),
        text(found.name),
        [_("Name"), Head(_("Number"), text=True), _("Enterprise"), _("Mentor"), _("Stage"), _("Result to date")],
        [
            (
                one.enrolment.name, one.enrolment.number, text(one.enrolment.enterprise), one.mentors, one.stage,
                one.sentence if one.evaluation else "",
            )
            for one in lines
        ],
    )  # fmt: skip
    return sent(request, made, form)


exported(
    "class",
    screen="apprenticeships:cohort",
    file="apprenticeships:class_list",
    caption="People of the cohort",
)


def _asked(request: Request) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]


def _people(cohort: Cohort, asked: str, *, known: int | None) -> Paginator[Enrolment]:
    """The active apprentices whose name or number holds what was asked; all of them are `known` in number."""
    pages = Paginator(_matching(cohort, asked), PEOPLE)
    if not asked:
        pages.count = known or 0
    return pages


def _matching(cohort: Cohort, asked: str) -> QuerySet[Enrolment]:
    people = queries.enrolments().filter(cohort=cohort, state="active")
    if not asked:
        return people
    named = Q(person__name__icontains=asked) | Q(person__name_latin__icontains=asked)
    return people.filter(named | Q(number__icontains=asked))


def _schemes(cohort: Cohort) -> list[tuple[str, str]]:
    """The versions that may judge a stage of this cohort, as choices."""
    offered = schemes().filter(programme=cohort.programme_id).exclude(state="retired")
    said = _("%(name)s, version %(version)s")
    return [
        (public_id, said % {"name": text(name), "version": version})
        for public_id, name, version in offered.values_list("public_id", "name", "version")
    ]


@require_POST
@needs(Permission.MANAGE_COHORTS)
def open_evaluation(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Choose the scheme version that judges a stage; from then on both are fixed."""
    found = _cohort(cohort)
    scheme = get_object_or_404(schemes(), public_id=plain_id(request.POST.get("scheme", "")))
    stages = {stage.key: stage for stage in stages_of(found.programme_id)}
    stage = stages.get(request.POST.get("stage", ""))
    if stage is None:
        messages.error(request, _("Choose a stage of this cohort."))
        return redirect("apprenticeships:cohort", organisation, cohort)
    opened = open_one(cohort=found, stage=stage, scheme=scheme, by=request.actor, at=request.at)
    said = _("%(stage)s is judged by %(scheme)s, version %(version)s, from now on.")
    facts = {"stage": text(stage.name), "scheme": text(scheme.name), "version": scheme.version}
    messages.success(request, said % facts)
    return redirect("evaluation:cohort", organisation, opened.public_id)


@require_GET
@needs(Permission.SEE_RESULTS)
def apprentice(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """One apprentice: where on the path, how far in each stage, and why."""
    found = get_object_or_404(queries.enrolments(), public_id=enrolment)
    path = queries.path_of(found)
    own = here(found.person.name)
    context = {
        "enrolment": found,
        "mentors": queries.mentors_of([found]).get(found.pk, []),
        "ends_on": leaving_days([found]).get(found.pk),
        "stages": learner.stage_path(path),
        "gate": learner.gate(path),
        "gate_url": reverse("progression:one", args=[organisation, enrolment]),
        "results": learner.stage_results(results_of([found]).get(found.pk, [])),
        "crumbs": to_cohort(request, found.cohort, own) if may_see_figures(request.actor) else [own],
    }
    return render(request, "apprenticeships/apprentice.html", context)
