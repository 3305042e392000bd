"""Coverage: outcomes as rows, units and assessments as columns, every gap named; and which unit practises what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
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
    from craftpath.domain.curricula.models import (
        ChosenUnit,
        CurriculumVersion,
        VersionAssessment,
        VersionOutcome,
    )
    from craftpath.domain.curricula.queries import Content

Pair = tuple[str, str]
Tick = tuple[str, str, str]
"""(`unit` or `assessment`, outcome, its key)"""
KINDS = ("unit", "assessment")
TICKS = 20_000


@dataclass(frozen=True, slots=True)
class Own:
    """What a reader ticked and unticked, whatever others did meanwhile."""

    ticked: frozenset[Tick] = frozenset()
    unticked: frozenset[Tick] = frozenset()

    def over(self, kind: str, now: Collection[Pair]) -> set[Pair]:
        """What is linked now, with the own changes."""
        ticked, unticked = (
            {(outcome, key) for what, outcome, key in some if what == kind}
            for some in (self.ticked, self.unticked)
        )
        return (set(now) - unticked) | ticked


UNTOUCHED = Own()


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether an outcome is taught in a unit, or seen by an assessment: as ticked (`on`), and in the version (`was`).

    `name` is its tick, `label` what it says.
    """

    on: bool
    was: bool
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome with its cells and what it lacks."""

    outcome: VersionOutcome
    url: str
    units: list[Cell]
    assessments: list[Cell]
    elsewhere: list[str]
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
    said, own, status = "", UNTOUCHED, 200
    if request.method == "POST":
        require(rules.may_design(request.actor, row.curriculum.organisation))
        own, among = _own(request.POST)
        try:
            _keep(request, row, own, among)
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = sentence(refused.verdict), 409
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
        "blocks": blocks(request, content, gaps, own),
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


def _keep(request: Request, row: CurriculumVersion, own: Own, among: set[str]) -> None:
    """Give these outcomes what was ticked, take what was unticked; what the reader left alone stays as it is now."""
    content = queries.content_of(row)
    teaches, sees = (
        own.over(kind, {pair for pair in now if pair[0] in among})
        for kind, now in (("unit", content.teaches), ("assessment", content.sees))
    )
    set_links(
        row, teaches=teaches, sees=sees, among=among, revision=revision_of(request.POST),
        by=request.actor, at=request.at,
    )  # fmt: skip


def _own(posted: Any) -> tuple[Own, set[str]]:
    """What was ticked and unticked since the page was shown (`was`), and for which outcomes the boxes speak."""
    among = {one for one in posted.getlist("outcome")[:TICKS] if is_key(one)}
    ticks, was = _ticks(posted, among), _ticks(posted.getlist("was"), among)
    return Own(frozenset(ticks - was), frozenset(was - ticks)), among


def _ticks(names: Iterable[str], among: Collection[str]) -> set[Tick]:
    """Names such as `unit|measure|quality`, of these outcomes."""
    parts = (tuple(name.split("|")) for name in islice(names, TICKS))
    return {
        (one[0], one[1], one[2])
        for one in parts
        if len(one) == 3 and one[0] in KINDS and one[1] in among and is_key(one[2])
    }


def blocks(
    request: Request,
    content: Content,
    gaps: Sequence[tuple[Any, str]],
    own: Own,
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
        rows = [_row(request, content, one, content.units, lacks, own) for one in loose]
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
        rows = [_row(request, content, one, units, lacks, own) for one in mine]
        if units:
            found.append(Block(text(stage.name), units, rows))
    return found


def _row(
    request: Request,
    content: Content,
    outcome: VersionOutcome,
    units: Sequence[ChosenUnit],
    lacks: dict[str, list[str]],
    own: Own,
) -> Row:
    ids = [request.organisation.key, content.version.public_id, outcome.key]
    opens = bool(rules.may_design(request.actor, content.version.curriculum.organisation))
    here = {one.key for one in units}
    elsewhere = [text(one.name) for one in content.units_of(outcome.key) if one.key not in here]
    return Row(
        outcome,
        reverse("curricula:outcome", args=ids) if opens else "",
        _cells("unit", outcome, units, content.teaches, own),
        _cells("assessment", outcome, content.assessments, content.sees, own),
        elsewhere,
        lacks.get(outcome.key, []),
    )


def _cells(
    kind: str, outcome: VersionOutcome, columns: Sequence[Any], now: Collection[Pair], own: Own
) -> list[Cell]:
    marked = own.over(kind, now)
    return [
        Cell(pair in marked, pair in now, "|".join((kind, *pair)), text(one.name))
        for one in columns
        for pair in [(outcome.key, one.key)]
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
