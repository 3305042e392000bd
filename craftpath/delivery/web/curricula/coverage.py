"""Coverage: outcomes as rows, units and assessments as columns, every gap named; and which unit practises what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.curricula import saying
from craftpath.delivery.web.curricula.places import (
    found_version,
    numbered,
    revision_of,
    to_version,
    version_tabs,
    version_url,
)
from craftpath.delivery.web.curricula.source_choices import linked
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here as crumb
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.actions import set_links
from craftpath.domain.curricula.gaps import coverage_gaps
from craftpath.domain.curricula.library import is_key
from craftpath.domain.standards.queries import skills
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import ChosenUnit, VersionAssessment, VersionOutcome
    from craftpath.domain.curricula.queries import Content

Pair = tuple[str, str]
TICKS = 20_000


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether an outcome is taught in a unit, or seen by an assessment; `name` is its tick, `label` what it says."""

    on: bool
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome with its cells and what it lacks."""

    outcome: VersionOutcome
    url: str
    units: list[Cell]
    assessments: list[Cell]
    elsewhere: list[Cell]
    lacks: list[str]


@dataclass(frozen=True, slots=True)
class Block:
    """The outcomes of a stage under its units; without a stage those that no unit teaches."""

    name: str
    units: Sequence[ChosenUnit]
    rows: list[Row]


@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request: Request, organisation: str, version: str) -> HttpResponse:
    """The matrix to read; with `ticks` the same as boxes, for whoever designs the draft."""
    row = found_version(version)
    designs = bool(rules.may_design(request.actor, row.curriculum.organisation))
    said, posted, status = "", None, 200
    if request.method == "POST":
        require(rules.may_design(request.actor, row.curriculum.organisation))
        teaches, sees, among = _ticked(request.POST)
        try:
            set_links(
                row, teaches=teaches, sees=sees, among=among, revision=revision_of(request.POST),
                by=request.actor, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, posted, status = sentence(refused.verdict), (teaches | sees, among), 409
            row = found_version(version)
        else:
            messages.success(request, _("The coverage is kept."))
            return redirect(version_url(request, row, "coverage"))
    ticks = bool(rules.can_edit(row)) and designs and ("ticks" in request.GET or request.method == "POST")
    content = queries.content_of(row)
    gaps = [(one, saying.gap(one)) for one in coverage_gaps(content)]
    context: dict[str, Any] = {
        "version": row,
        "title": text(row.curriculum.name),
        "name": numbered(row),
        "badge": saying.state(row),
        "blocks": blocks(request, content, gaps, posted),
        "assessments": [(one, _part(content, one), _lack(gaps, one.key)) for one in content.assessments],
        "sources": linked((one.source for one in content.assessments), request.organisation.key),
        "gaps": gaps,
        "ticks": ticks,
        "edits": bool(rules.can_edit(row)) and designs,
        "said": said,
        "skills": skill_rows(content),
        "units": content.units,
        "tabs": version_tabs(request, row, "curricula:coverage"),
        "crumbs": to_version(request, row, crumb(_("Coverage"))),
    }
    return render(request, "curricula/coverage.html", context, status=status)


def _ticked(posted: Any) -> tuple[set[Pair], set[Pair], set[str]]:
    """What the boxes say: pairs of (outcome, unit), of (outcome, assessment), and for which outcomes they speak."""
    found: dict[str, set[Pair]] = {"unit": set(), "assessment": set()}
    for name in list(posted)[:TICKS]:
        kind, _dash, rest = name.partition("|")
        outcome, _bar, key = rest.partition("|")
        if kind in found and is_key(outcome) and is_key(key):
            found[kind].add((outcome, key))
    among = {one for one in posted.getlist("outcome")[:TICKS] if is_key(one)}
    return (
        {pair for pair in found["unit"] if pair[0] in among},
        {pair for pair in found["assessment"] if pair[0] in among},
        among,
    )


def blocks(
    request: Request,
    content: Content,
    gaps: Sequence[tuple[Any, str]],
    posted: tuple[set[Pair], set[str]] | None,
) -> list[Block]:
    """Each stage with the outcomes that its units teach, after those that nobody teaches."""
    lacks: dict[str, list[str]] = {}
    for gap, said in gaps:
        if gap.kind == "outcome":
            lacks.setdefault(gap.key, []).append(said)
    taught = {outcome for outcome, _unit in content.teaches}
    loose = [one for one in content.outcomes if one.key not in taught]
    found = []
    if loose:
        rows = [_row(request, content, one, content.units, lacks, posted) for one in loose]
        found.append(Block("", content.units, rows))
    shown: set[str] = set()
    for stage in content.stages:
        units = content.of_stage(stage.key)
        keys = {unit.key for unit in units}
        mine = [
            one
            for one in content.outcomes
            if one.key not in shown and any((one.key, key) in content.teaches for key in keys)
        ]
        shown |= {one.key for one in mine}
        rows = [_row(request, content, one, units, lacks, posted) for one in mine]
        if units:
            found.append(Block(text(stage.name), units, rows))
    return found


def _row(
    request: Request,
    content: Content,
    outcome: VersionOutcome,
    units: Sequence[ChosenUnit],
    lacks: dict[str, list[str]],
    posted: tuple[set[Pair], set[str]] | None,
) -> Row:
    marked = posted[0] if posted and outcome.key in posted[1] else content.teaches | content.sees
    url = reverse(
        "curricula:outcome", args=[request.organisation.key, content.version.public_id, outcome.key]
    )
    here = {one.key for one in units}
    elsewhere = [one for one in content.units_of(outcome.key) if one.key not in here]
    return Row(
        outcome,
        url,
        _cells("unit", outcome, units, marked),
        _cells("assessment", outcome, content.assessments, marked),
        _cells("unit", outcome, elsewhere, marked),
        lacks.get(outcome.key, []),
    )


def _cells(
    kind: str, outcome: VersionOutcome, columns: Sequence[Any], marked: Collection[Pair]
) -> list[Cell]:
    return [
        Cell((outcome.key, one.key) in marked, f"{kind}|{outcome.key}|{one.key}", text(one.name))
        for one in columns
    ]


def _part(content: Content, one: VersionAssessment) -> str:
    seen = sum(key == one.key for _outcome, key in content.sees)
    return _("shows %(count)s of %(all)s outcomes") % {"count": seen, "all": len(content.outcomes)}


def _lack(gaps: Sequence[tuple[Any, str]], key: str) -> str:
    return next((said for gap, said in gaps if gap.kind == "assessment" and gap.key == key), "")


def skill_rows(content: Content) -> list[tuple[str, list[int], int]]:
    """Each core skill that a unit practises: its name, percent for each unit in order, and in how many units."""
    found = []
    for skill in skills():
        strengths = [int(unit.skills.get(skill.key, 0)) for unit in content.units]
        if any(strengths):
            found.append((text(skill.name), strengths, sum(one > 0 for one in strengths)))
    return found
