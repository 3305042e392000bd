"""Results: a cohort's table and figures, one apprentice's derivation, one mark with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.evaluation import derivation, evidence, overview
from craftpath.delivery.web.evaluation.figures import standing_of
from craftpath.delivery.web.evaluation.filtering import STATE_NAMES, Filter
from craftpath.delivery.web.evaluation.official import official
from craftpath.delivery.web.evaluation.sentences import sum_in_words
from craftpath.delivery.web.evaluation.tables import table_of
from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.evaluation.what_if import what_if
from craftpath.delivery.web.shell.lists import exported, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.evaluation import queries, rules
from craftpath.domain.evaluation.areas import by_area
from craftpath.domain.evaluation.cohort_tables import Brief, briefs, rows_of, with_newest_mark
from craftpath.domain.evaluation.evidence import day_of, evidence_of
from craftpath.domain.evaluation.versions import derivation_of, versions_of
from craftpath.domain.programmes.definition import items
from craftpath.domain.programmes.details import level_names
from craftpath.domain.programmes.queries import areas_of, schemes
from craftpath.kernel.layouts import layouts_for
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation, ResultVersion
    from craftpath.domain.evaluation.queries import Derivation

ROWS = 50  # on one page


@require_GET
@needs(Permission.SEE_RESULTS, Permission.SEE_FIGURES)
def cohort(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """A stage of a cohort: persons for those who may see them, figures for the others."""
    found = get_object_or_404(with_newest_mark(queries.evaluations_shown()), public_id=evaluation)
    if request.actor.sees_only_own:
        own = next(
            (row for row in queries.results_of_cohort(found) if row.enrolment.person == request.user), None
        )
        if own is None:
            raise Http404
        return redirect("evaluation:derivation", organisation, evaluation, own.enrolment.public_id)
    if not rules.may_see_results(request.actor):
        context = overview.of_everybody(request, found, floor=True) | {"crumbs": to_stage(request, found)}
        return render(request, "evaluation/figures.html", context)
    definition = found.scheme.definition
    asked = Filter.of(request.GET, definition)
    everybody = briefs(found, asked.needs | ({"missing"} if asked.active else frozenset()))
    wanted = asked.of_rows(everybody, definition)
    page = Paginator(wanted, ROWS).get_page(request.GET.get("page"))
    if asked.active:
        others = [row for row in everybody if asked.keeps_without_missing(row)]
        figures = overview.of_some(request, found, [row.pk for row in wanted], others)
    else:
        figures = overview.of_everybody(request, found, floor=False)
    rows = rows_of(found, [row.pk for row in page.object_list])
    table = table_of(found, rows, overview.ranks(found))
    here = reverse("evaluation:cohort", args=[organisation, evaluation])
    context = figures | {
        "asked": asked,
        "everybody": len(everybody),
        "page": page,
        "table": table,
        "body": table.body(lambda enrolment: f"{here}{enrolment}/"),
        "enterprises": _enterprises(everybody),
        "states": [(key, str(label)) for key, label in STATE_NAMES.items()],
        "item_options": [(item.key, text(item.name)) for item in items(definition)],
        "crumbs": to_stage(request, found),
        "may_import": bool(rules.may_record_marks(request.actor, found.cohort)),
        "may_move": bool(rules.may_open_evaluation(request.actor, found.cohort)),
        "may_decide": bool(rules.may_decide(request.actor, found.cohort)),
        "ways": ways_out(request, "results", found.public_id),
        "more_ways": _further_ways(request, found),
    }
    return render(request, "evaluation/cohort.html", context)


def _further_ways(request: Request, found: Evaluation) -> list[tuple[str, str]]:
    """The office's own forms filled with these rows, papers to print, and a form that is not here yet."""
    here, query = [request.organisation.key, found.public_id], request.GET.urlencode()
    asked = f"?{query}" if query else ""
    layouts = layouts_for(found.cohort.organisation).values_list("name", "public_id")
    papers = reverse("papers:cohort", args=[request.organisation.key, found.cohort.public_id])
    return [
        *((name, reverse("layouts:filled", args=[*here, layout]) + asked) for name, layout in layouts),
        (_("Print …"), f"{papers}?evaluation={found.public_id}"),
        (_("Your own layout …"), reverse("layouts:choose", args=here) + asked),
    ]


def _enterprises(everybody: Sequence[Brief]) -> list[tuple[str, str]]:
    keys = {row.enterprise_id for row in everybody} - {None}
    places = Organisation.objects.filter(pk__in=keys).values_list("key", "name") if len(keys) > 1 else ()
    return sorted((key, text(name)) for key, name in places)


@require_GET
@needs(Permission.SEE_RESULTS)
def export(request: Request, organisation: str, evaluation: str, form: str) -> HttpResponse:
    """Exactly the rows that the filter shows, all pages of them, as a workbook, as text or on paper."""
    require_form(form)
    found = get_object_or_404(with_newest_mark(queries.evaluations_shown()), public_id=evaluation)
    definition = found.scheme.definition
    asked = Filter.of(request.GET, definition)
    wanted = asked.of_rows(briefs(found, asked.needs), definition)
    table = table_of(found, rows_of(found, [row.pk for row in wanted]), overview.ranks(found))
    return sent(request, table.listing(text(found.stage.name), text(found.cohort.name)), form)


exported("results", screen="evaluation:cohort", file="evaluation:export", caption="Results of the cohort")


@require_GET
@needs(Permission.SEE_RESULTS)
def derive(request: Request, organisation: str, evaluation: str, enrolment: str) -> HttpResponse:
    """One apprentice's result, down to the evidence."""
    found = get_object_or_404(queries.evaluations_shown(), public_id=evaluation)
    learner = queries.judged_enrolment(found, enrolment)
    if learner is None:
        raise Http404
    versions = versions_of(found, learner)
    shown = _version(versions, request.GET.get("version"))
    derived = derivation_of(shown) if shown else queries.derivation(found, learner)
    supposed = None if shown else what_if(derived, request.GET.dict())
    if request.htmx and supposed:
        return render(request, "evaluation/derivation.html#what_if_answer", {"what_if": supposed})
    found = derived.evaluation
    counted = {} if shown else evidence_of(found, learner, day_of(found, request.at))
    context = {
        "official": official(request, versions, shown) if shown else None,
        "official_tone": "good" if shown and shown.passed else "attention",
        "what_if": supposed,
        "evaluation": found,
        "enrolment": learner,
        "explanation": derived.explanation,
        "sentence": sum_in_words(
            standing_of(derived.explanation, level_names(found.scheme.definition), decided=shown is not None)
        ),
        "may_supplement": shown is None
        and bool(found.scheme.definition.get("supplement"))
        and bool(rules.may_record_marks(request.actor, found.cohort)),
        "level": derivation.level_in_words(derived),
        "rounding": derivation.total_in_words(derived),
        "parts": derivation.drawn(derived),
        "branches": derivation.branches(derived, counted),
        "rules": derivation.rule_lines(derived),
        "areas": _areas(derived) if shown is None or shown == versions[0] else [],
        "may_read_scheme": bool(rules.may_see_figures(request.actor))
        and schemes().filter(pk=found.scheme_id).exists(),
        "crumbs": to_stage(request, found, here(learner.person.name)),
    }
    return render(request, "evaluation/derivation.html", context)


def _version(versions: list[ResultVersion], number: str | None) -> ResultVersion | None:
    """The version that the address names, else the one in force; None while nothing is decided."""
    if number is None:
        return versions[0] if versions else None
    for version in versions:
        if str(version.number) == number:
            return version
    raise Http404


def _areas(derived: Derivation) -> list[tuple[str, Any]]:
    """By the marks of the derivation, which are the current ones while nothing is decided, and of what is in force."""
    found, who = derived.evaluation, derived.enrolment.pk
    marks = {(who, key): (mark.score, mark.grade, mark.status) for key, mark in derived.marks.items()}
    figures = by_area(found, [who], marks).get(who, [])
    names = {area.key: text(area.name) for area in areas_of(found.cohort.programme_id)} if figures else {}
    return [(names.get(figure.area, figure.area), figure.value) for figure in figures]


@require_GET
@needs(Permission.SEE_RESULTS)
def mark(request: Request, organisation: str, mark: str) -> HttpResponse:
    """One mark: what stood where, who recorded it, and what stood there before."""
    found = get_object_or_404(queries.marks(), public_id=mark)
    ids = (found.evaluation.public_id, found.enrolment.public_id)
    owner = step(request, found.enrolment.person.name, "evaluation:derivation", *ids)
    context = evidence.page_of(found, request.organisation.key)
    context["sees_sitting"] = Permission.IMPORT_MARKS in request.actor.permissions
    context["crumbs"] = to_stage(request, found.evaluation, owner, here(context["item"]))
    return render(request, "evaluation/mark.html", context)
