"""A cohort at a glance: people by skills in one stage, and the skills by stage; the same as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.delivery.web.growth.drawing import figure, word
from craftpath.delivery.web.growth.places import asking, found_cohort, framework_asked
from craftpath.delivery.web.growth.saying import rule_facts
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.growth.scale import level_of, nearest
from craftpath.domain.growth.standing import Standing, by_domain, standing
from craftpath.domain.growth.texts import LEVELS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment

A_PAGE = 50  # people


@dataclass(frozen=True, slots=True)
class Cell:
    """One person's level in one skill: a figure, its shade (1–4, 0 for none), and both in words."""

    figure: str
    shade: int
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person with a cell for each skill."""

    enrolment: Enrolment
    url: str
    cells: Sequence[Cell]


@require_GET
@needs(Permission.SEE_RESULTS)
def cohort(request: Request, organisation: str, cohort: str) -> HttpResponse:
    """Those whom the reader sees, a page of them; levels are worked out for all, the same few queries."""
    row = found_cohort(cohort)
    people = _people(row)
    framework, choice = framework_asked(request)
    whole = standing(row, [one.pk for one in people], request.today, framework=framework)
    stage = _stage(whole, request.GET.get("stage", ""))
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    context = choice | {
        "cohort": row,
        "asked": asking(framework=framework),
        "stage": whole.stages[stage] if stage is not None else None,
        "tabs": _tabs(request, row, whole, stage, framework),
        "domains": [
            (text(whole.skills[places[0]].domain_name), [text(whole.skills[n].name) for n in places])
            for places in by_domain(whole.skills).values()
        ],
        "page": page,
        "ways": ways_out(request, "growth", row.public_id),
        "more_ways": [
            (
                _("Every proof (.%(form)s)") % {"form": form},
                reverse("growth:export", args=[organisation, row.public_id, form])
                + asking(framework=framework),
            )
            for form in ("xlsx", "csv")
        ],
        "rows": _rows(request, whole, stage, list(page.object_list), framework) if stage is not None else [],
        "stages": whole.stages,
        "skills": _by_stage(whole),
        "scale": list(LEVELS.items()),
        "rule": rule_facts(),
        "crumbs": [step(request, _("Core skills"), "growth:entry"), here(text(row.name))],
    }
    return render(request, "growth/cohort.html", context)


def _people(row: Cohort) -> list[Enrolment]:
    return list(enrolments().filter(cohort=row, state="active"))


def _stage(whole: Standing, asked: str) -> int | None:
    """The stage that was asked for, else the last one of which there is something to show; None of none."""
    keys = [one.key for one in whole.stages]
    if asked in keys:
        return keys.index(asked)
    shown = [n for n in range(len(keys)) if whole.levels.n[:, :, n].any()]
    return max(shown, default=0) if keys else None


def _tabs(
    request: Request, row: Cohort, whole: Standing, stage: int | None, framework: str
) -> list[dict[str, Any]]:
    base = reverse("growth:cohort", args=[request.organisation.key, row.public_id])
    return [
        {
            "label": text(one.name),
            "url": base + asking(stage=one.key, framework=framework),
            "current": n == stage,
        }
        for n, one in enumerate(whole.stages)
    ]


def _rows(
    request: Request, whole: Standing, stage: int, people: Sequence[Enrolment], framework: str
) -> list[Row]:
    places = {pk: n for n, pk in enumerate(whole.people)}
    key, order = request.organisation.key, [n for some in by_domain(whole.skills).values() for n in some]
    return [
        Row(
            one,
            reverse("growth:one", args=[key, one.public_id])
            + asking(stage=whole.stages[stage].key, framework=framework),
            [_cell(whole, places[one.pk], n, stage) for n in order],
        )
        for one in people
    ]


def _cell(whole: Standing, person: int, skill: int, stage: int) -> Cell:
    place = person, skill, stage
    level, n, told = (one[place] for one in (whole.levels.level, whole.levels.n, whole.levels.told))
    name = text(whole.skills[skill].name)
    if np.isnan(level):
        said = _("%(skill)s: practised or taught, not looked at") if told else _("%(skill)s: no proof")
        return Cell("·" if told else "", 0, said % {"skill": name})
    facts = {"skill": name, "level": figure(level), "word": word(level), "n": n}
    return Cell(figure(level), nearest(level), _("%(skill)s: %(level)s, %(word)s, proofs: %(n)s") % facts)


def _by_stage(whole: Standing) -> list[dict[str, Any]]:
    """Every skill with the median of each stage and how many people stand behind it."""
    made = []
    for n, skill in enumerate(whole.skills):
        cells = []
        for at in range(len(whole.stages)):
            own = whole.levels.level[:, n, at]
            some = own[~np.isnan(own)]
            middle = float(np.median(some)) if len(some) else None
            shade = nearest(middle) if middle is not None else 0
            cells.append((figure(middle) if middle is not None else "–", shade, len(some)))
        made.append({"domain": text(skill.domain_name), "name": text(skill.name), "cells": cells})
    return made


@require_GET
@needs(Permission.SEE_RESULTS)
def as_file(request: Request, organisation: str, cohort: str, form: str) -> HttpResponse:
    """The people by skills of one stage, as the page has them."""
    require_form(form)
    row = found_cohort(cohort)
    people = _people(row)
    framework, _choice = framework_asked(request)
    whole = standing(row, [one.pk for one in people], request.today, framework=framework)
    stage = _stage(whole, request.GET.get("stage", ""))
    order = [n for some in by_domain(whole.skills).values() for n in some]
    lines = _rows(request, whole, stage, people, framework) if stage is not None else []
    heads = [_("Name"), *(Head(text(whole.skills[n].name), figures=True) for n in order)]
    cells = [(line.enrolment.person.name, *(_as_cell(one) for one in line.cells)) for line in lines]
    title = _("Core skills") if stage is None else f"{_('Core skills')}, {text(whole.stages[stage].name)}"
    return sent(request, listing(title, text(row.name), heads, cells), form)


exported(
    "growth",
    screen="growth:cohort",
    file="growth:as_file",
    caption="Level of each person in each skill",
)


def _as_cell(one: Cell) -> Told:
    """A figure as it stands on the page; what was practised and not looked at, or never proved, in words."""
    if one.shade:
        return Told(Decimal(one.figure), one.figure)
    return Told(one.figure or None, one.figure or "–")


@require_GET
@needs(Permission.SEE_RESULTS)
def export(request: Request, organisation: str, cohort: str, form: str) -> HttpResponse:
    """The same figures as a file: a line for each person, skill and stage with a proof."""
    if form not in ("xlsx", "csv"):
        raise Http404
    row = found_cohort(cohort)
    framework, _choice = framework_asked(request)
    people = _people(row)
    sheet = _sheet(standing(row, [one.pk for one in people], request.today, framework=framework), people)
    name = f"{slugify(text(row.name), allow_unicode=True)}-{_('Core skills')}.{form}"
    if form == "csv":
        return attachment(write_csv([tuple(sheet.header), *sheet.rows]), name, CSV)
    return attachment(write_xlsx([sheet]), name, XLSX)


def _sheet(whole: Standing, people: Sequence[Enrolment]) -> OutSheet:
    header = [
        _("Number"), _("Name"), _("Stage"), _("Domain"), _("Skill"), _("Level (1–4, our scale)"),
        _("Doubt from"), _("Doubt to"), _("Proofs"), _("Taught or practised"),
    ]  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    found = whole.levels
    for person, who in enumerate(people):
        for stage, at in enumerate(whole.stages):
            for n, skill in enumerate(whole.skills):
                place = person, n, stage
                if found.n[place] or found.told[place]:
                    rows.append(
                        (
                            who.number, who.person.name, text(at.name), text(skill.domain_name),
                            text(skill.name), *(_rounded(one[place]) for one in (found.level, found.low, found.high)),
                            int(found.n[place]), int(found.told[place]),
                        )
                    )  # fmt: skip
    return OutSheet(name=_("Core skills"), header=header, rows=rows)


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(level_of(float(value)), 2)
