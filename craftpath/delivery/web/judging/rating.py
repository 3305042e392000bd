"""Rating: who, a level for each criterion, send. On a phone and without a network; in batches with keys 1 to 6."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.judging.places import found, to_list
from craftpath.delivery.web.judging.saying import kind_and_item, mark_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.telling import Told, tell_all
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.judging import actions, queries
from craftpath.domain.judging.rubrics import NOT_OBSERVED, criteria_of, levels_of
from craftpath.domain.judging.texts import RATERS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.judging.models import Practical
    from craftpath.domain.judging.settling import Seat


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One level of one criterion: its number on the keyboard, its name, what is seen at it."""

    key: int
    value: str
    name: object
    anchor: object
    chosen: bool


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion with its levels."""

    key: str
    name: object
    weight: object
    levels: list[LevelChoice]
    unseen: bool


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_RESULTS)
@kept_offline
def rate(request: Request, organisation: str, practical: str) -> HttpResponse:
    """One work at a time, the next one that waits first; what is refused stays in the form."""
    row = found(practical)
    seats = queries.mine_at(row, request.user)
    if not seats:
        raise Http404
    fault, status, given = "", 200, {}
    if request.method == "POST":
        seat = _named(seats, request.POST.get("rater", ""))
        if seat is None:
            raise Http404
        given = levels_given(row, request.POST)
        try:
            actions.rate_work(
                seat.rater,
                made_id=_made(request.POST.get("made_id", "")),
                levels=given,
                words=request.POST.get("words", "").replace("\0", ""),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault, status = sentence(refused.verdict), 409
        else:
            tell_all(request, [Told("good", _("Sent."))])
            return redirect("judging:rate", organisation, practical)
    else:
        seat = _named(seats, request.GET.get("who", "")) or next(
            (one for one in seats if one.mark is None), seats[0]
        )
    exhibits = queries.exhibits_of(row, [seat.rater.enrolment_id]).get(seat.rater.enrolment_id, [])
    done = sum(one.rating is not None for one in seats)
    context = {
        "practical": row,
        "what": kind_and_item(row),
        "seats": [(one.rater.public_id, _label(one), one.rater.pk == seat.rater.pk) for one in seats],
        "seat": seat,
        "kind": RATERS[seat.rater.kind],
        "criteria": _criteria(row, given or (dict(seat.rating.levels) if seat.rating else {})),
        "words": request.POST.get("words", "") or (seat.rating.words if seat.rating else ""),
        "made_id": uuid.uuid4(),
        "fault": fault,
        "mark": mark_of(seat.mark) if seat.rating else "",
        "exhibits": exhibits,
        "done": done,
        "all": len(seats),
        "open": row.state == "open",
        "next": reverse("judging:rate", args=[organisation, practical]),
        "not_observed": NOT_OBSERVED,
        "crumbs": to_list(request, here(row.title)),
    }
    return render(request, "judging/rate.html", context, status=status)


def _label(seat: Seat) -> str:
    name = f"{seat.rater.enrolment.person.name} · {seat.rater.enrolment.number}"
    return f"✓ {name}" if seat.rating is not None else name


def _named(seats: list[Seat], public_id: str) -> Seat | None:
    wanted = plain_id(public_id)
    return next((one for one in seats if one.rater.public_id == wanted), None)


def _made(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        return uuid.uuid4()


def levels_given(row: Practical, given: QueryDict) -> dict[str, str]:
    """criterion → the value that was chosen; one without a choice is left out, for the action to refuse."""
    found = {one.key: given.get(f"level-{one.key}", "") for one in criteria_of(row.rubric.definition)}
    return {key: value for key, value in found.items() if value}


def _criteria(row: Practical, given: dict[str, str]) -> list[CriterionRow]:
    levels = levels_of(row.rubric.definition)
    return [
        CriterionRow(
            one.key,
            one.name,
            one.weight,
            [
                LevelChoice(n + 1, level.value, level.name, anchor, given.get(one.key) == level.value)
                for n, (level, anchor) in enumerate(zip(levels, one.anchors, strict=True))
            ],
            given.get(one.key) == NOT_OBSERVED,
        )
        for one in criteria_of(row.rubric.definition)
    ]
