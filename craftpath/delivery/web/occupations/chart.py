"""One chart: where it stands, who charted it, its duties and tasks with what serves them, and its next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.occupations.places import TONES, found, tabs, to_chart, version
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.occupations import actions, queries, rules
from craftpath.domain.occupations.texts import LISTS, STATES
from craftpath.domain.standards.queries import skills_by_key

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart


@require_GET
def chart(request: Request, organisation: str, chart: str) -> HttpResponse:
    """The page."""
    row = found(request, chart)
    counted = queries.counted(queries.charts()).get(pk=row.pk)
    board = queries.board_of(row)
    context = {
        "row": counted,
        "board": board,
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "panel": list(row.panel.all()),
        "lists": [(LISTS[name], row.lists[name]) for name in rules.LISTS if row.lists.get(name)],
        "sizes": sizes(counted),
        "earlier": _earlier(row),
        "tabs": tabs(request, row, "occupations:chart"),
        "crumbs": [*to_chart(request, row), here(version(row))],
    }
    return render(request, "occupations/chart.html", context | _doors(request, row) | _traces(request, board))


def _doors(request: Request, row: Chart) -> dict[str, Any]:
    runs, edits = bool(rules.may_run(request.actor, row)), bool(rules.may_edit(request.actor, row))
    return {
        "runs": runs,
        "draws": edits and row.state == "draft",
        "sets": runs and row.state in ("draft", "verifying"),
        "lists_too": edits and row.state in ("draft", "verifying"),
    }


def _traces(request: Request, board: list[queries.DutyRow]) -> dict[str, Any]:
    """What serves each task, with its address where the reader sees it; and the names of linked skills."""
    tasks = [task for duty in board for task in duty.tasks]
    told = queries.served([task.public_id for task in tasks])
    known = (
        subjects({one.ref for rows in told.values() for one in rows}, request.organisation.key)
        if told
        else {}
    )
    return {
        "served": {
            task: [(one.label, known.get(one.ref, ("", ""))[1]) for one in rows]
            for task, rows in told.items()
        },
        "skills": skills_by_key(key for task in tasks for key in task.skills),
    }


def _earlier(row: Chart) -> list[Chart]:
    """Other versions to hold beside this one."""
    rows = queries.charts().filter(occupation=row.occupation_id, organisation=row.organisation_id)
    return list(rows.filter(adopted_at__isnull=False).exclude(pk=row.pk)[:5])


def sizes(row: Any) -> list[str]:
    """Hints about what charts usually come to; nothing where this one does."""
    counts = [
        (
            row.duty_count or 0,
            rules.USUAL_DUTIES,
            _("%(n)s duties; a whole occupation usually has %(low)s to %(high)s."),
        ),
        (
            row.task_count or 0,
            rules.USUAL_TASKS,
            _("%(n)s tasks; a whole occupation usually has %(low)s to %(high)s."),
        ),
        (
            row.panel_count or 0,
            rules.USUAL_PANEL,
            _("%(n)s people on the panel; %(low)s to %(high)s are usual."),
        ),
    ]
    return [
        said % {"n": n, "low": low, "high": high} for n, (low, high), said in counts if not low <= n <= high
    ]


@require_POST
def move(request: Request, organisation: str, chart: str) -> HttpResponse:
    """Back to the board, no more answers, adopted, or retired; what is not kept is left out where that is ticked."""
    row = found(request, chart)
    said = {
        "return": _("Back on the board."),
        "end": _("No more answers are taken. These are the figures."),
        "adopt": _("Adopted. From now on nothing of it changes; a new version begins from it."),
        "retire": _("Retired."),
    }
    do = request.POST.get("do", "")
    if do == "return":
        actions.return_chart(row, by=request.actor, at=request.at)
    elif do == "end":
        actions.end_answers(row, by=request.actor, at=request.at)
    elif do == "adopt":
        out = [one for one in map(plain_id, request.POST.getlist("out")) if one]
        actions.adopt_chart(row, leave_out=out, by=request.actor, at=request.at)
    elif do == "retire":
        actions.retire_chart(row, by=request.actor, at=request.at)
    else:
        raise Http404
    messages.success(request, said[do])
    there = "occupations:results" if do == "end" else "occupations:chart"
    return redirect(there, organisation, row.public_id)
