"""Keying answer sheets: which is next, and one sheet by keyboard alone, saved while it is keyed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.places import found_candidate
from craftpath.delivery.web.sittings.sheet_list import crumbs
from craftpath.domain.exams import actions
from craftpath.domain.exams.codes import sheet_code
from craftpath.domain.exams.keyed import EMPTY, ONE_KEY, blanks_of, is_keyed, letter, places_of, read, shown
from craftpath.domain.exams.keying import Asked, asked_of, can_key, is_whole, keyings_of, turn_of
from craftpath.domain.exams.taking import answers_of
from craftpath.engines.scoring import Kind
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, Verdict, require

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Candidate, Keying

_FIELD = re.compile(r"q(\d{1,4})\Z")


@dataclass(frozen=True, slots=True)
class Field:
    """One question as it is keyed: its fields, what fits there, and what a device had saved."""

    order: int
    name: str
    values: Sequence[str]
    hint: str
    quick: bool
    figures: bool
    saved: str
    fault: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def sheet(request: Request, organisation: str, candidate: str) -> HttpResponse:
    """One sheet; a device saves while it is keyed, the last button says that it is whole."""
    row = found_candidate(candidate)
    rows, lines = keyings_of(row), asked_of(row)
    verdict = can_key(row, request.actor)
    if verdict.who:
        raise Refused(verdict)
    if request.method == "POST":
        return _posted(request, row, rows, lines)
    turn = turn_of(row, rows, request.actor)
    if not verdict:
        turn = verdict
    mine = rows.get(turn) if isinstance(turn, int) else None
    person = request.actor.person
    own = mine if mine is not None and person is not None and mine.keyer_id == person.pk else None
    given = own.given if own is not None else {}
    typed = {
        one.line.order: shown(one.content, given[str(one.line.order)])
        for one in lines
        if str(one.line.order) in given
    }
    return _page(request, row, lines, turn, typed, own)


def _posted(
    request: Request, row: Candidate, rows: Mapping[int, Keying], lines: Sequence[Asked]
) -> HttpResponse:
    """Keep what can be kept, say what cannot; nothing that was typed is lost."""
    quiet = bool(request.headers.get("X-Save"))
    do = "" if quiet else request.POST.get("do", "done")
    turn = 2 if request.POST.get("turn") == "2" else 1
    typed = _typed(request)
    good, faults = _sorted_out(lines, typed)
    count = _count(request, rows.get(turn), quiet)
    by: dict[str, Any] = {"turn": turn, "count": count, "by": request.actor, "at": request.at}
    try:
        if do == "absent":
            actions.key_sheet(row, {}, absent=True, done=True, **by)
        else:
            done = do == "done" and not faults
            if done and _whole(lines, good):
                actions.key_sheet(row, good, done=True, **by)
            else:
                actions.key_sheet(row, good, **by)
                if done:
                    require(_incomplete(lines, good))
    except Refused as refused:
        if refused.verdict.who:
            raise
        said = sentence(refused.verdict)
        if quiet:
            return JsonResponse({"code": refused.verdict.reason, "reason": said}, status=409)
        return _page(
            request, row, lines, turn, typed, None, faults=faults, fault=said, count=count, status=409
        )
    if quiet:
        return JsonResponse({"saved": True, "faults": faults})
    if faults:
        return _page(request, row, lines, turn, typed, None, faults=faults, count=count, status=422)
    if do == "keep":
        return redirect("sittings:keying", request.organisation.key, row.sitting.public_id)
    messages.success(request, _("%(code)s is keyed.") % {"code": sheet_code(row.public_id)})
    way = reverse("sittings:keying_next", args=[request.organisation.key, row.sitting.public_id])
    return redirect(f"{way}?after={row.public_id}")


def _typed(request: Request) -> dict[int, list[str]]:
    return {
        int(found[1]): [one[:400] for one in request.POST.getlist(name)]
        for name in request.POST
        if (found := _FIELD.match(name))
    }


def _sorted_out(
    lines: Sequence[Asked], typed: Mapping[int, Sequence[str]]
) -> tuple[dict[int, Sequence[str]], dict[int, str]]:
    """What can be read, and for what cannot, why. A question that is not on the form is left for the action."""
    good, faults = dict(typed), {}
    for one in lines:
        order = one.line.order
        try:
            read(one.content, order, typed.get(order, ()))
        except Refused as refused:
            faults[order] = sentence(refused.verdict)
            del good[order]
    return good, faults


def _whole(lines: Sequence[Asked], typed: Mapping[int, Sequence[str]]) -> bool:
    return all(is_keyed(typed.get(one.line.order, ())) for one in lines)


def _incomplete(lines: Sequence[Asked], typed: Mapping[int, Sequence[str]]) -> Verdict:
    return is_whole(lines, {str(order): None for order, fields in typed.items() if is_keyed(fields)})


def _count(request: Request, kept: Keying | None, quiet: bool) -> int:
    """The device's own count; the form itself comes after whatever is kept."""
    said = request.POST.get("count", "")
    count = int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0
    return count if quiet else max(count, kept.count if kept is not None else 0) + 1


def _page(
    request: Request,
    row: Candidate,
    lines: Sequence[Asked],
    turn: int | Verdict,
    typed: Mapping[int, Sequence[str]],
    own: Keying | None,
    *,
    faults: Mapping[int, str] | None = None,
    fault: str = "",
    count: int = 0,
    status: int = 200,
) -> HttpResponse:
    saved = answers_of(row) if row.started_at is not None else {}
    context = {
        "sitting": row.sitting,
        "candidate": row,
        "code": sheet_code(row.public_id),
        "turn": turn if isinstance(turn, int) else 0,
        "why": "" if isinstance(turn, int) else sentence(turn),
        "fields": [
            _field(
                one,
                typed.get(one.line.order, ()),
                saved.get(one.line.pk),
                (faults or {}).get(one.line.order, ""),
            )
            for one in lines
        ],
        "fallback": row.started_at is not None and not row.sitting.on_paper,
        "count": own.count if own is not None else count,
        "absent": own is not None and own.absent,
        "done": own is not None and own.done_at is not None,
        "fault": fault,
        "crumbs": crumbs(
            request,
            row.sitting,
            step(request, _("Answer sheets"), "sittings:keying", row.sitting.public_id),
            here(sheet_code(row.public_id)),
        ),
    }
    return render(request, "sittings/sheet.html", context, status=status)


def _field(one: Asked, typed: Sequence[str], saved: Any, fault: str) -> Field:
    content = one.content
    blanks = blanks_of(content)
    return Field(
        order=one.line.order,
        name=f"q{one.line.order}",
        values=[*typed, *[""] * len(blanks)][: len(blanks)],
        hint=_hint(one),
        quick=content.kind in ONE_KEY and len(places_of(content)) < 10,
        figures=content.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.HOTSPOT),
        saved=_saved(one, saved),
        fault=fault,
    )


def _hint(one: Asked) -> str:
    """What fits there, as short as it can be said."""
    kind, count = one.content.kind, len(places_of(one.content))
    if kind is Kind.TRUE_FALSE:
        return _("1 √ · 2 ×")
    if kind is Kind.ESSAY:
        return _("y written")
    if kind is Kind.HOTSPOT:
        return f"1–{count}"
    if kind is Kind.MATCHING:
        sides = len(one.content.details["left"])
        return _("%(count)s letters, A–%(last)s") % {"count": sides, "last": letter(count - 1)}
    if kind is Kind.ORDERING:
        return _("in order, A–%(last)s") % {"last": letter(count - 1)}
    if kind is Kind.MULTIPLE:
        return _("A–%(last)s, several") % {"last": letter(count - 1)}
    if kind is Kind.SINGLE:
        return f"A–{letter(count - 1)}"
    return str(one.content.details.get("unit") or "") if kind is Kind.NUMERIC else ""


def _saved(one: Asked, saved: Any) -> str:
    """What the device had saved before it failed, as it would be keyed."""
    if saved is None or saved.given in (None, "", [], {}):
        return ""
    if one.content.kind is Kind.ESSAY:
        return _("a text")
    words = [part for part in shown(one.content, saved.given) if part and part != EMPTY]
    return " · ".join(words)
