"""Why this one, and why not that one: every teacher of a round beside one learner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.matching import saying
from craftpath.delivery.web.matching.places import LOOKS_AFTER, found, may_run, to_round
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.matching import rules
from craftpath.domain.matching.explaining import Line, explain
from craftpath.domain.matching.gathering import gather
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Seat


@dataclass(frozen=True, slots=True)
class Why:
    """One teacher as a row."""

    seat: Seat
    line: Line
    fit: int | None
    cells: Sequence[saying.Cell]
    reason: str
    moves: Sequence[str]


@require_GET
@needs(LOOKS_AFTER)
def why(request: Request, organisation: str, row: str, seat: str) -> HttpResponse:
    """Points, a reason, what it would cost, and who would move."""
    round_ = found(request, row)
    require(rules.may_match(request.actor, round_.organisation))
    if not may_run(request, round_):
        raise Refused(not_now("matching.over"))
    table = gather(round_)
    require(rules.can_solve(table))
    at = next((n for n, one in enumerate(table.learners) if one.public_id == plain_id(seat)), None)
    if at is None:
        raise Http404
    learner = table.learners[at]
    lines = [
        Why(
            table.teachers[line.teacher],
            line,
            saying.fit(line.possible.worth, table.perfect) if line.possible else None,
            saying.cells(round_, line.possible.points, round_.weights) if line.possible else [],
            saying.reason(round_, table, line),
            saying.moves(table, line),
        )
        for line in explain(table, at)
        if table.teachers[line.teacher].person_id != learner.person_id
    ]
    context = {
        "row": round_,
        "learner": learner,
        "lines": lines,
        "heads": [(name, hint) for key, name, hint in saying.criteria(round_.kind) if key != "fairness"],
        "crumbs": to_round(request, round_, here(_("Why?"))),
    }
    return render(request, "matching/why.html", context)
