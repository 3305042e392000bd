"""Two or three drafts side by side: hours, need covered, units that they share and units that they do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.curricula.draft_saying import Names, share
from craftpath.delivery.web.curricula.draft_showing import names_of
from craftpath.delivery.web.curricula.drafting import MOST_COMPARED, called, drafts_url, found_to_draft
from craftpath.delivery.web.curricula.places import to_version
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.curricula import drafting_queries as queries
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import Draft

LETTERS = "ABC"


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A unit of a column; `alone` where no other column has it, `elsewhere` where another has it in another stage."""

    name: str
    hours: str
    alone: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One draft: its figures, and its units stage by stage."""

    draft: Draft
    letter: str
    name: str
    figures: list[tuple[str, str]]
    stages: list[tuple[str, str, list[UnitCell]]]


@require_GET
@needs(Permission.DESIGN_CURRICULA, Permission.APPROVE_CURRICULA)
def drafts_compared(request: Request, organisation: str, version: str) -> HttpResponse:
    """Those that the address names, else the two newest that hold a plan."""
    row = found_to_draft(request, version)
    there = queries.drafts_of(row).filter(state__in=("done", "taken"))
    asked = [one[:16] for one in request.GET.getlist("draft")][:MOST_COMPARED]
    chosen = list(there.filter(public_id__in=asked)) if asked else []
    if len(chosen) < 2:
        chosen = list(there[:2])
    chosen.sort(key=lambda one: one.number)
    context: dict[str, Any] = {
        "version": row,
        "title": text(row.curriculum.name),
        "list_url": drafts_url(request, row),
        "crumbs": to_version(
            request,
            row,
            step(request, _("Draft from needs"), "curricula:drafts", row.public_id),
            here(pgettext("drafts of a curriculum", "Side by side")),
        ),
    }
    if len(chosen) > 1:
        context |= compared(chosen)
    return render(request, "curricula/drafts_compared.html", context)


def compared(rows: list[Draft]) -> dict[str, Any]:
    """Columns, what they have in common, and each skill's cover in all of them."""
    names = names_of(rows[0])
    names = Names(
        {key: name for row in rows for key, name in names_of_units(row).items()},
        names.stages,
        names.kinds,
        names.areas,
    )
    placed = [{unit["key"]: unit["stage"] for unit in row.found["units"]} for row in rows]
    common = set(placed[0]).intersection(*placed[1:])
    weights = {key: float(weight) for row in rows for key, weight in row.wanted["weights"].items()}
    skills = {key: text(one.name) for key, one in skills_by_key(weights).items()}
    return {
        "columns": [_column(row, LETTERS[at], placed, names) for at, row in enumerate(rows)],
        "common": sorted(names.units.get(key, key) for key in common),
        "cover": [
            (skills.get(key, key), [_cover(row, key) for row in rows])
            for key in sorted(weights, key=lambda key: (-weights[key], key))
        ],
    }


def names_of_units(row: Draft) -> dict[str, str]:
    """Units as they were called when the draft was made."""
    return {unit["key"]: text(unit["name"]) for unit in row.inputs["units"]}


def _cover(row: Draft, key: str) -> tuple[str, str]:
    """(percent as a figure, length of its bar)."""
    cover = row.found["covered"].get(key)
    return ("–", "0") if cover is None else (f"{100 * cover:.0f} %", f"{100 * cover:.1f}")


def _column(row: Draft, letter: str, placed: list[dict[str, str]], names: Names) -> Column:
    found = row.found
    minutes = sum(unit["minutes"] for unit in found["units"])
    return Column(
        row,
        letter,
        called(row),
        [
            (_("Need covered"), share(found["objective"], found["whole"])),
            (_("Hours"), hours(minutes)),
            (pgettext("how many", "Units"), str(len(found["units"]))),
        ],
        [_stage(row, stage, placed, names) for stage in row.inputs["stages"]],
    )


def _stage(
    row: Draft, stage: str, placed: list[dict[str, str]], names: Names
) -> tuple[str, str, list[UnitCell]]:
    units = [unit for unit in row.found["units"] if unit["stage"] == stage]
    cells = [
        UnitCell(
            names.units.get(unit["key"], unit["key"]),
            hours(unit["minutes"]),
            sum(unit["key"] in one for one in placed) == 1,
            any(one.get(unit["key"], stage) != stage for one in placed),
        )
        for unit in units
    ]
    return names.stages.get(stage, stage), hours(sum(unit["minutes"] for unit in units)), cells
