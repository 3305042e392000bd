"""Answering: the questions with what is answered, one question at a time, saved as it is typed, handed in once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.exams.showing import answer_from, candidate
from craftpath.delivery.web.hall.entering import NOBODY, with_paper
from craftpath.delivery.web.hall.filing import beside, filed, made_id
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import together
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.filing import was_added
from craftpath.domain.exams.taking import GRACE, answers_of, can_answer, lines_of
from craftpath.values.verdict import Refused, Verdict

if TYPE_CHECKING:
    from craftpath.domain.exams.actions import Held
    from craftpath.domain.exams.models import Candidate


def _address(picture: str) -> str:
    return reverse("hall:picture", args=[picture])


def _left(row: Candidate, at: datetime) -> int:
    """Seconds until the bell, by the server's clock."""
    return max(0, int((row.ends_at - at).total_seconds())) if row.ends_at is not None else 0


def _is_given(given: Any) -> bool:
    if isinstance(given, dict):
        return any(str(one).strip() for one in given.values())
    return bool(given)


@require_GET
@with_paper
def overview(request: Request, held: Held, row: Candidate) -> HttpResponse:
    """All questions by number, answered or not, and the button that hands in."""
    given = answers_of(row)
    lines = lines_of(row)
    verdict = can_answer(row, held.grip, request.at)
    rows = [
        (n, line.pk in given and _is_given(given[line.pk].given)) for n, line in enumerate(lines, start=1)
    ]
    context = _frame(request, row, verdict) | {
        "rows": rows,
        "answered": sum(done for _n, done in rows),
        "all": len(rows),
    }
    return render(request, "hall/paper.html", context)


def _frame(request: Request, row: Candidate, verdict: Verdict) -> dict[str, Any]:
    left = _left(row, request.at)
    return {
        "candidate": row,
        "paper": row.paper,
        "left": left,
        "minutes_left": f"{left // 60}:{left % 60:02d}",
        "open": bool(verdict),
        "why": "" if verdict else sentence(verdict),
        "handed_in": row.handed_in_at,
        "large": row.large_print,
        "grace": int(GRACE.total_seconds()),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@with_paper
def question(request: Request, held: Held, row: Candidate, order: int) -> HttpResponse:
    """One question; a device saves it while it is answered, a form when it goes on."""
    lines = lines_of(row)
    if not 1 <= order <= len(lines):
        raise Http404
    line = lines[order - 1]
    content = queries.content_of(line.version, line.version.item.kind)
    kept = answers_of(row).get(line.pk)
    fault = ""
    given = kept.given if kept is not None else None
    if request.method == "POST":
        given = answer_from(content, request.POST)
        quiet = bool(request.headers.get("X-Save"))
        try:
            actions.save_answer(
                held, order=line.order, given=given, count=_count(request, kept), by=NOBODY, at=request.at
            )
        except Refused as refused:
            fault = sentence(refused.verdict)
            if quiet:
                return JsonResponse({"code": refused.verdict.reason, "reason": fault}, status=409)
            if request.FILES.get("file"):
                fault = together([fault, _("The file was not added.")])
        else:
            if quiet:
                return JsonResponse({"saved": True, "left": _left(row, request.at)})
            fault = filed(request, held, line.order)
            if not fault:
                return redirect(_next(request, order, len(lines)))
            kept = answers_of(row).get(line.pk)
    verdict = can_answer(row, held.grip, request.at)
    context = _frame(request, row, verdict) | {
        "line": line,
        "shown": candidate(content, _address, given, line.version.stimulus) | {"file": False},
        "points": line.version.points,
        "order": order,
        "all": len(lines),
        "count": kept.count if kept is not None else 0,
        "fault": fault,
    }
    if content.details.get("file"):
        context |= beside(row, line, order) | {"with_files": True}
    return render(request, "hall/question.html", context, status=409 if fault else 200)


def _count(request: Request, kept: Any) -> int:
    """The device's own count; a form without one comes after whatever is kept."""
    typed = request.POST.get("count", "")
    if request.headers.get("X-Save") and typed.isascii() and typed.isdecimal() and len(typed) < 10:
        return int(typed)
    return (kept.count if kept is not None else 0) + 1


def _next(request: Request, order: int, last: int) -> str:
    go = request.POST.get("go", "next")
    if go == "file" or go.startswith("drop-"):
        return reverse("hall:question", args=[order])
    if go == "back" and order > 1:
        return reverse("hall:question", args=[order - 1])
    if go == "next" and order < last:
        return reverse("hall:question", args=[order + 1])
    return reverse("hall:paper")


@require_http_methods(["POST"])
@with_paper
def hand_in(request: Request, held: Held, row: Candidate) -> HttpResponse:
    """Once and for all; a second press finds it done."""
    try:
        actions.hand_in(held, by=NOBODY, at=request.at)
    except Refused as refused:
        context = _frame(request, row, refused.verdict) | {"rows": [], "answered": 0, "all": 0}
        return render(request, "hall/paper.html", context, status=409)
    late = request.POST.get("on_its_way")
    if late and not was_added(row, made_id(late)):
        messages.warning(
            request,
            _("The file that was still on its way at the bell came too late: it is not beside your answer."),
        )
    return redirect("hall:paper")


@require_GET
@with_paper
def picture(request: Request, held: Held, row: Candidate, picture: str) -> HttpResponse:
    """A picture of the own paper."""
    found = next((one for one in queries.pictures_in(row.paper_id) if one.public_id == picture), None)
    if found is None:
        raise Http404
    response = HttpResponse(found.file.bytes(), content_type=found.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
