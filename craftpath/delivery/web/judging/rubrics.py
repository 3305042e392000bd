"""Rubrics: the list, one to read with its versions, and the form in which one is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.exams.choosing import outcome_choices, skill_groups
from craftpath.delivery.web.judging.places import found_rubric, tabs, to_rubrics
from craftpath.delivery.web.judging.rubric_typed import (
    TypedCriterion,
    TypedLevel,
    TypedRubric,
    blank,
    by_place,
    typed_from,
    typed_of,
)
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.judging import actions, queries, rules
from craftpath.domain.judging.rubrics import MOST_CRITERIA, MOST_LEVELS, RubricFault, criteria_of, levels_of
from craftpath.domain.judging.texts import FAULTS, RUBRIC_STATES, UNOBSERVED
from craftpath.domain.programmes.queries import areas_everywhere, outcomes
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.judging.models import Rubric

A_PAGE = 30
TONES = {"draft": "info", "in_use": "good", "retired": "plain"}


@require_GET
@needs(Permission.IMPORT_MARKS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """The newest version of each."""
    page = Paginator(queries.newest_rubrics(), A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "rubric": row,
            "criteria": len(row.definition["criteria"]),
            "levels": len(row.definition["levels"]),
            "state": RUBRIC_STATES[row.state],
            "tone": TONES[row.state],
        }
        for row in page
    ]
    context = {"rows": rows, "page": page, "tabs": tabs(request, "judging:rubrics")}
    return render(request, "judging/rubrics.html", context)


@require_GET
@needs(Permission.IMPORT_MARKS)
def rubric(request: Request, organisation: str, rubric: str) -> HttpResponse:
    """One version, as raters see it, with the others."""
    row = found_rubric(rubric)
    criteria = criteria_of(row.definition)
    names = _names(one.skill for one in criteria)
    context = {
        "rubric": row,
        "levels": levels_of(row.definition),
        "criteria": [(one, _tied(one, names)) for one in criteria],
        "unobserved": UNOBSERVED[row.definition["unobserved"]],
        "state": RUBRIC_STATES[row.state],
        "tone": TONES[row.state],
        "versions": list(queries.versions_of(row)),
        "states": RUBRIC_STATES,
        "may_edit": bool(rules.may_write_rubrics(request.actor, row.organisation)),
        "may_change": bool(rules.can_change_rubric(row)),
        "may_retire": bool(rules.can_retire_rubric(row)),
        "crumbs": to_rubrics(request, here(text(row.name))),
    }
    return render(request, "judging/rubric.html", context)


def _names(skills: Iterable[str]) -> dict[str, str]:
    """key → name of learning areas and of these skills; id, as text → name of learning outcomes."""
    return (
        {str(one.pk): text(one.name) for one in outcomes()}
        | {one.key: text(one.name) for one in areas_everywhere()}
        | {key: text(one.name) for key, one in skills_by_key(skills).items()}
    )


def _tied(one: Any, names: dict[str, str]) -> list[str]:
    tied = [names.get(key, key) for key in (one.area, one.skill) if key]
    return tied + [names[one.outcome]] if one.outcome in names else tied


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def new(request: Request, organisation: str) -> HttpResponse:
    """A rubric from nothing."""
    if request.method != "POST":
        return _form(request, blank())
    typed = typed_from(request.POST)
    do = request.POST.get("do", "")
    if do != "save":
        typed.act(do)
        return _form(request, typed)
    try:
        row = actions.draft_rubric(
            organisation=request.organisation,
            name=typed.name,
            definition=typed.definition(),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        return _refused(request, typed, refused)
    messages.success(request, _("Saved as a draft. It can be changed until something is judged by it."))
    return redirect("judging:rubric", organisation, row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def edit(request: Request, organisation: str, rubric: str) -> HttpResponse:
    """Change a draft, or write the next version of one that is used; of somebody else's it makes a copy."""
    row = found_rubric(rubric)
    if request.method != "POST":
        return _form(request, typed_of(row.name, row.definition), row)
    typed = typed_from(request.POST)
    do = request.POST.get("do", "")
    if do != "save":
        typed.act(do)
        return _form(request, typed, row)
    try:
        saved = _save(request, row, typed)
    except Refused as refused:
        return _refused(request, typed, refused, row)
    messages.success(request, _("Saved as version %(version)s.") % {"version": saved.version})
    return redirect("judging:rubric", organisation, saved.public_id)


def _save(request: Request, row: Rubric, typed: TypedRubric) -> Rubric:
    name, definition, by, at = typed.name, typed.definition(), request.actor, request.at
    if row.organisation_id == request.organisation.pk and rules.can_change_rubric(row):
        return actions.save_rubric(row, name=name, definition=definition, by=by, at=at)
    return actions.draft_rubric(
        organisation=request.organisation, name=name, definition=definition, source=row, by=by, at=at
    )


def _refused(request: Request, typed: TypedRubric, refused: Refused, row: Any = None) -> HttpResponse:
    if refused.verdict.who:
        raise refused
    return _form(request, typed, row, sentence(refused.verdict), refused.verdict.facts.get("faults", ()))


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level in the form."""

    n: int
    typed: TypedLevel
    value_faults: list[str]
    name_faults: list[str]


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """What is seen at one level, in the form."""

    n: int
    label: str
    zh: str
    en: str
    faults: list[str]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion in the form."""

    n: int
    typed: TypedCriterion
    anchors: list[AnchorRow]
    name_faults: list[str]
    weight_faults: list[str]
    faults: list[str]


def _form(
    request: Request,
    typed: TypedRubric,
    row: Any = None,
    fault: str = "",
    faults: tuple[RubricFault, ...] = (),
) -> HttpResponse:
    places = by_place(faults)

    def said(place: str) -> list[str]:
        return [str(FAULTS[one.code]) % one.facts for one in places.get(place, [])]

    chinese = request.LANGUAGE_CODE.startswith("zh")
    names = [(one.zh or one.en) if chinese else (one.en or one.zh) for one in typed.levels]
    levels = [
        LevelRow(n, one, said(f"levels[{n}].value"), said(f"levels[{n}].name"))
        for n, one in enumerate(typed.levels)
    ]
    criteria = [
        CriterionRow(
            n,
            one,
            [
                AnchorRow(
                    at,
                    f"{typed.levels[at].value} {names[at]}".strip(),
                    anchor["zh"],
                    anchor["en"],
                    said(f"criteria[{n}].anchors[{at}]"),
                )
                for at, anchor in enumerate(one.anchors[: len(typed.levels)])
            ],
            said(f"criteria[{n}].name"),
            said(f"criteria[{n}].weight"),
            said(f"criteria[{n}].key") + said(f"criteria[{n}].anchors"),
        )
        for n, one in enumerate(typed.criteria)
    ]
    crumbs = [here(_("New rubric"))] if row is None else [here(text(row.name))]
    context = {
        "rubric": row,
        "typed": typed,
        "levels": levels,
        "criteria": criteria,
        "fault": fault,
        "whole": said("criteria") + said("levels"),
        "sum": _sum(typed),
        "unobserved": [(key, str(words)) for key, words in UNOBSERVED.items()],
        "areas": [(one.key, text(one.name)) for one in areas_everywhere()],
        "skills": skill_groups(kept=(one.skill for one in typed.criteria)),
        "outcomes": outcome_choices(
            int(one.outcome)
            for one in typed.criteria
            if one.outcome.isascii() and one.outcome.isdecimal() and len(one.outcome) < 15
        ),
        "can_add": len(typed.criteria) < MOST_CRITERIA,
        "can_add_level": len(typed.levels) < MOST_LEVELS,
        "languages": ("zh", "en") if chinese else ("en", "zh"),
        "crumbs": to_rubrics(request, *crumbs),
    }
    return render(request, "judging/rubric_edit.html", context, status=422 if fault else 200)


def _sum(typed: TypedRubric) -> str:
    """What the weights add up to as they are typed; nothing while one is no figure."""
    try:
        total = sum((Decimal(one.weight) for one in typed.criteria if one.weight), Decimal(0))
        return f"{total.normalize():f}" if total.is_finite() else ""
    except ArithmeticError:
        return ""


@require_POST
@needs(Permission.IMPORT_MARKS)
def retire(request: Request, organisation: str, rubric: str) -> HttpResponse:
    """Nothing new is judged by this version."""
    row = found_rubric(rubric)
    actions.retire_rubric(row, by=request.actor, at=request.at)
    messages.success(request, _("Retired. What is under way goes on by it."))
    return redirect("judging:rubric", organisation, rubric)
