"""The apprentice's own attendance: confirm by one press, or say that it was otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.learning import saying
from craftpath.delivery.web.learning.trail import tabs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.learning import queries
from craftpath.domain.learning.actions import confirm_own_attendance, dispute_attendance
from craftpath.domain.learning.texts import SAYS, STATUSES
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from datetime import date

    from craftpath.domain.learning.models import Attendance

A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Own:
    """One own line in words."""

    row: Attendance
    title: str
    on: date
    hours: str
    status: str
    tone: str
    objection: str
    says: str


def _claim(status: str) -> str:
    """What an objection to this mark says."""
    return "not_there" if status == "present" else "there"


def _own(rows: Sequence[Attendance]) -> list[Own]:
    return [
        Own(
            row,
            text(row.session.title),
            saying.day_of(row.session),
            saying.hours(row.session),
            str(STATUSES[row.status]),
            saying.TONES[row.status],
            str(SAYS[_claim(row.status)]),
            _claim(row.status),
        )
        for row in rows
    ]


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """What is to be confirmed, then everything to date."""
    page = Paginator(queries.own_attendance(request.user), A_PAGE).get_page(request.GET.get("page"))
    known = queries.tallies(row.pk for row in enrolments_of(request.user))
    return render(
        request,
        "learning/mine.html",
        {
            "waiting": _own(list(queries.to_confirm(request.user)[:A_PAGE])),
            "page": page,
            "lines": _own(list(page.object_list)),
            "tallies": list(known.values()),
            "says": SAYS,
            "tabs": tabs(request, "learning:mine"),
        },
    )


@require_POST
def confirm(request: Request, organisation: str) -> HttpResponse:
    """Confirm the lines that stood on the page; what changed since is asked again."""
    ids = [one for one in request.POST.getlist("attendance")[:A_PAGE] if one.isascii() and one.isalnum()]
    rows = list(queries.own_attendance(request.user).filter(public_id__in=ids))
    if not rows:
        raise Http404
    as_read = {one: request.POST.get(f"read-{one}", "") for one in ids}
    right = [row for row in rows if as_read[row.public_id] in ("", row.status)]
    confirm_own_attendance(right, by=request.actor, at=request.at)
    if right:
        messages.success(request, _("Confirmed."))
    if len(right) < len(rows):
        messages.warning(request, sentence(not_now("learning.marked_meanwhile")))
    return redirect("learning:mine", organisation)


@require_POST
def dispute(request: Request, organisation: str, attendance: str) -> HttpResponse:
    """Say that a line is wrong."""
    row = get_object_or_404(queries.attendances(), public_id=attendance)
    words = request.POST.get("words", "").replace("\0", "")
    says = request.POST.get("says", "")
    try:
        dispute_attendance(row, words=words, says=says, by=request.actor, at=request.at)
    except Refused as refusal:
        if refusal.verdict.who:
            raise
        messages.warning(request, sentence(refusal.verdict))
    else:
        messages.success(
            request, _("Noted. Your teacher or coordinator settles it; until then its hours wait.")
        )
    return redirect("learning:mine", organisation)
