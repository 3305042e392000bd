"""All pilots that the reader sees, as a matrix of steps: state, overdue, owner, what was handed in last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.delivery.web.pilots import saying
from craftpath.delivery.web.pilots.places import READERS, tabs
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.pilots import queries
from craftpath.domain.pilots.texts import KINDS, PILOT_STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Pilot, PilotRound, RoundStep

A_PAGE = 25
MOST = 500  # pilots that one page counts
FILTERS = ("late", "running", "ended")


@dataclass(frozen=True, slots=True)
class Cell:
    """A step of a pilot in the matrix."""

    step: RoundStep
    name: str
    url: str
    condition: str
    words: str
    owner: str
    due: str
    proof: str


@dataclass(frozen=True, slots=True)
class PilotLine:
    """A pilot with the steps of its newest round."""

    pilot: Pilot
    url: str
    kind: str
    number: int
    cells: Sequence[Cell]
    late: int
    state: tuple[str, str]
    latest: datetime | None


@require_GET
@needs(*READERS)
def board(request: Request, organisation: str) -> HttpResponse:
    """The same queries for 2 pilots and for 200."""
    lines = _lines(request)
    shown = _filtered(request, lines)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "tabs": tabs(request, "pilots:board"),
        "lines": page.object_list,
        "page": page,
        "any": bool(lines),
        "heads": _heads(list(page.object_list)),
        "columns": range(1, max((len(one.cells) for one in page.object_list), default=0) + 1),
        "figures": _figures(lines),
        "show": request.GET.get("show", "") if request.GET.get("show", "") in FILTERS else "",
        "shows": [
            ("late", _("with an overdue step")), ("running", _("running")), ("ended", pgettext("a pilot", "Ended"))
        ],
        "kind": request.GET.get("kind", ""),
        "kinds": [(key, str(name)) for key, name in KINDS.items()],
        "starts": Permission.RUN_PILOTS in request.actor.permissions,
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "pilots/board.html", context)


def _lines(request: Request) -> list[PilotLine]:
    rows = list(queries.pilots()[:MOST])
    rounds = queries.rounds_of(rows)
    newest = [found[-1] for found in rounds.values()]
    given = queries.last_given([step.pk for one in newest for step in one.steps.all()])
    by_pilot = {one.pilot_id: one for one in newest}
    return [_line(request, row, by_pilot.get(row.pk), given) for row in rows]


def _line(
    request: Request, row: Pilot, newest: PilotRound | None, given: Mapping[int, tuple[datetime, int]]
) -> PilotLine:
    steps = list(newest.steps.all()) if newest else []
    cells = [_cell(request, step, steps, given, row.state == "running") for step in steps]
    url = reverse("pilots:pilot", args=[request.organisation.key, row.public_id])
    tone = "info" if row.state == "running" else "plain"
    moments = [given[step.pk][0] for step in steps if step.pk in given]
    return PilotLine(
        row, url, str(KINDS[row.kind]), newest.number if newest else 0, cells,
        sum(one.condition == "late" for one in cells), (str(PILOT_STATES[row.state]), tone),
        max(moments, default=None),
    )  # fmt: skip


def _cell(
    request: Request,
    step: RoundStep,
    steps: Sequence[RoundStep],
    given: Mapping[int, tuple[datetime, int]],
    running: bool,
) -> Cell:
    condition = saying.condition(step, steps, request.today, given)
    if not running and condition in ("late", "now"):
        condition = "ahead"
    proof = ""
    if step.pk in given:
        at, count = given[step.pk]
        proof = _("%(count)s handed in, %(day)s") % {"count": count, "day": day(at)}
    return Cell(
        step, text(step.words["name"]), saying.step_url(request, step), condition,
        saying.condition_words(condition), step.owner.name if step.owner else "",
        day(step.due_on) if step.due_on else "", proof,
    )  # fmt: skip


def _heads(lines: Sequence[PilotLine]) -> list[str]:
    """Names of the columns, where all pilots shown go by the same steps."""
    names = {tuple(cell.name for cell in one.cells) for one in lines if one.cells}
    return list(next(iter(names))) if len(names) == 1 else []


def _filtered(request: Request, lines: Sequence[PilotLine]) -> list[PilotLine]:
    show, kind = request.GET.get("show", ""), request.GET.get("kind", "")
    found = [one for one in lines if kind not in KINDS or one.pilot.kind == kind]
    if show == "late":
        return [one for one in found if one.late]
    return [one for one in found if show not in PILOT_STATES or one.pilot.state == show]


def _figures(lines: Sequence[PilotLine]) -> dict[str, int]:
    running = [one for one in lines if one.pilot.state == "running"]
    return {
        "running": len(running),
        "late": sum(one.late for one in running),
        "closed": sum(cell.condition in ("done", "waived") for one in running for cell in one.cells),
        "steps": sum(len(one.cells) for one in running),
    }


@require_GET
@needs(*READERS)
def sheet(request: Request, organisation: str) -> HttpResponse:
    """What the board shows, a row for each step."""
    header = [
        pgettext("of pilots", "Pilot"), _("Office"), pgettext("of a pilot", "Round"), pgettext("of a pilot", "Step"),
        pgettext("of a step", "Name"), _("State"), pgettext("of a step", "Owner"), _("Due on"), _("Closed on"),
    ]  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for line in _filtered(request, _lines(request)):
        pilot = line.pilot
        for cell in line.cells:
            step = cell.step
            closed = pilot.day(step.closed_at) if step.closed_at else None
            rows.append(
                (text(pilot.name), text(pilot.organisation.name), line.number, step.order, cell.name,
                 cell.words, cell.owner, step.due_on, closed)
            )  # fmt: skip
    name = pgettext("of pilots", "Pilots")
    return attachment(write_xlsx([OutSheet(name=name, header=header, rows=rows)]), f"{name}.xlsx", XLSX)
