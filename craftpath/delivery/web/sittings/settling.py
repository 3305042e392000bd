"""Where two keyings of a sheet differ: side by side, decided by a third look at the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.places import found_candidate
from craftpath.delivery.web.sittings.sheet_list import crumbs, sheets_of
from craftpath.domain.exams import actions
from craftpath.domain.exams.codes import sheet_code
from craftpath.domain.exams.keyed import blanks_of, is_keyed, shown
from craftpath.domain.exams.keying import Asked, asked_of, can_key, different, keyings_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now, require

EMPTY_SAID = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that two keyings read otherwise; `chosen` is what the reader ticked, `typed` what was typed."""

    order: int
    words: str
    first: str
    second: str
    chosen: str
    typed: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def settle(request: Request, organisation: str, candidate: str) -> HttpResponse:
    """What each keying says, and what stands on the sheet."""
    row = found_candidate(candidate)
    verdict = can_key(row, request.actor)
    if verdict.who:
        raise Refused(verdict)
    rows, lines = keyings_of(row), {one.line.order: one for one in asked_of(row)}
    both = [rows.get(1), rows.get(2)]
    fault = ""
    if request.method == "POST":
        came = {"came": True, "absent": False}.get(request.POST.get("do", ""))
        try:
            decided = {} if came is not None else _decided(request, lines, both)
            stood = actions.settle_sheet(row, decided, was_here=came, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault = sentence(refused.verdict)
        else:
            return _on(request, row, stood is not None)
    else:
        require(verdict)
    first, second = both
    if first is None or second is None or not (first.done_at and second.done_at):
        raise Refused(not_now("exams.sheet_not_twice"))
    orders = different(first, second)
    context = {
        "sitting": row.sitting,
        "candidate": row,
        "code": sheet_code(row.public_id),
        "who_only": orders == [0],
        "rows": [_row(request, lines[order], both) for order in orders if order],
        "fault": fault,
        "crumbs": crumbs(
            request,
            row.sitting,
            step(request, _("Answer sheets"), "sittings:keying", row.sitting.public_id),
            here(sheet_code(row.public_id)),
        ),
    }
    return render(request, "sittings/settle_sheet.html", context, status=409 if fault else 200)


def _on(request: Request, row: Any, stands: bool) -> HttpResponse:
    """To the next sheet that differs, or back to the list."""
    code = sheet_code(row.public_id)
    said = _("%(code)s stands.") if stands else _("%(code)s is keyed a second time.")
    messages.success(request, said % {"code": code})
    key = request.organisation.key
    left = [one for one in sheets_of(row.sitting).sheets if one.disputed]
    own = request.actor.person
    following = next(
        (one for one in left if own is None or one.candidate.enrolment.person_id != own.pk), None
    )
    if following is None:
        return redirect("sittings:keying", key, row.sitting.public_id)
    return redirect(reverse("sittings:settle_sheet", args=[key, following.candidate.public_id]))


def _decided(request: Request, lines: dict[int, Asked], both: list[Any]) -> dict[int, list[str]]:
    """Question → what would be keyed: as the first, as the second, or as typed here."""
    decided = {}
    for order, one in lines.items():
        chosen = request.POST.get(f"d{order}", "")
        typed = [part.replace("\0", "")[:400] for part in request.POST.getlist(f"q{order}")]
        if chosen in ("1", "2") and both[int(chosen) - 1] is not None:
            decided[order] = shown(one.content, both[int(chosen) - 1].given.get(str(order)))
        elif chosen == "other" or is_keyed(typed):
            decided[order] = typed
    return decided


def _row(request: Request, one: Asked, both: list[Any]) -> Difference:
    order = one.line.order
    typed = [part[:400] for part in request.POST.getlist(f"q{order}")]
    blanks = blanks_of(one.content)
    said = [" · ".join(shown(one.content, found.given.get(str(order)))) for found in both]
    return Difference(
        order=order,
        words=plain(one.content.stem, 60),
        first=said[0] if both[0].given.get(str(order)) is not None else EMPTY_SAID,
        second=said[1] if both[1].given.get(str(order)) is not None else EMPTY_SAID,
        chosen=request.POST.get(f"d{order}", ""),
        typed=[*typed, *[""] * len(blanks)][: len(blanks)],
    )
