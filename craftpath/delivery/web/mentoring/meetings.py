"""Writing a meeting down in under a minute, confirming it with one tap, correcting it in words."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.mentoring.forms import CorrectForm, MeetForm
from craftpath.delivery.web.mentoring.pair import meeting_line
from craftpath.delivery.web.mentoring.places import found, found_meeting, head
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.mentoring import actions, queries, rules
from craftpath.domain.mentoring.texts import MODES
from craftpath.kernel.exhibits import LARGEST, small_enough
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import MeetingVersion
    from craftpath.domain.pairing.models import Pair
    from craftpath.kernel.people import Person

USUAL_MINUTES = 30


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Everything that can be known is filled in: today, half an hour, where the last one was."""
    row = found(request, pair)
    if not rules.in_pair(request.actor, row):
        raise Refused(may_not("mentoring.not_in_it"))
    context = head(request, row, "mentoring:pair", _("Write down a meeting"))
    form = _form(request, row, [one for one in context["now"].goals if one.state == "open"])
    status = 200
    if request.method == "POST":
        status = tried(
            request,
            form,
            _("Written down. The other of you says whether it was so."),
            lambda: _made(request, row, form),
        )
        if not status:
            return redirect("mentoring:pair", organisation, row.public_id)
    return render(request, "mentoring/meet.html", context | {"form": form}, status=status)


def _form(request: Request, row: Pair, goals: list[Any]) -> MeetForm:
    before = queries.meetings().filter(pair=row, written_by=request.user).first()
    before = before or queries.meetings().filter(pair=row).first()
    initial = {
        "made_id": str(uuid.uuid4()),
        "on": request.today,
        "minutes": before.minutes if before else USUAL_MINUTES,
        "mode": before.mode if before else "bench",
    }
    posted = request.method == "POST"
    return MeetForm(
        request.POST if posted else None, request.FILES if posted else None, others=_others(request, row),
        goals=goals, initial=initial,
    )  # fmt: skip


def _others(request: Request, row: Pair) -> list[Person]:
    """Whom the reader teaches or learns from in it: those of today first."""
    me = request.user.pk
    mine = [one for one in row.bonds.all() if me in (one.teacher_id, one.learner_id)]
    mine.sort(key=lambda bond: (not bond.on(request.today), bond.role == "deputy", bond.pk))
    people = [bond.learner if bond.teacher_id == me else bond.teacher for bond in mine]
    return list({one.pk: one for one in people}.values())


def _made(request: Request, row: Pair, form: MeetForm) -> None:
    given = form.cleaned_data
    photo = given["photo"]
    if photo is not None:
        require(small_enough(photo.size, LARGEST))
    actions.write_meeting(
        row, form.met, other=form.others[given["other"]], made_id=given["made_id"],
        photo=photo.read() if photo is not None else b"", by=request.actor, at=request.at,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: Request, organisation: str, meeting: str) -> HttpResponse:
    """One meeting with everything that was written about it; either of the two corrects it here."""
    row = found_meeting(request, meeting)
    context = head(request, row.pair, "mentoring:pair", _("Meeting"))
    now = context["now"]
    may = bool(rules.may_correct(request.actor, row)) and not now.graduated
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        meeting=row,
        goals=now.goals,
        own=row.written_by_id == request.user.pk,
    )
    status = 200
    if request.method == "POST":
        require(rules.may_correct(request.actor, row))
        status = tried(
            request, form, _("Corrected. The version before stays, and the other of you answers this one."),
            lambda: actions.correct_meeting(
                row, form.met, because=form.cleaned_data["because"], seen=form.cleaned_data["seen"],
                by=request.actor, at=request.at,
            ),
        )  # fmt: skip
        if not status:
            return redirect("mentoring:meeting", organisation, row.public_id)
    names = {one.public_id: one.text for one in now.goals}
    known = queries.versions_of(row)
    return render(
        request,
        "mentoring/meeting.html",
        context
        | {
            "line": meeting_line(request, row, names, now.graduated),
            "newest": known[0],
            "versions": _versions(known),
            "form": form if may else None,
        },
        status=status,
    )


def _versions(known: list[MeetingVersion]) -> list[dict[str, Any]]:
    """Those before the newest, if there are some."""
    return [
        {
            "version": one,
            "on": date.fromisoformat(one.content["on"]),
            "mode": MODES[one.content["mode"]],
            "minutes": one.content["minutes"],
            "words": one.content["words"],
        }
        for one in known[1:]
    ]


@require_POST
def confirm(request: Request, organisation: str, meeting: str) -> HttpResponse:
    """That is how it was."""
    row = found_meeting(request, meeting)
    given = request.POST.get("seen", "")
    seen = int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 0  # noqa: PLR2004
    actions.confirm_meeting(row, seen=seen, by=request.actor, at=request.at)
    messages.success(request, _("Confirmed."))
    return redirect("mentoring:pair", organisation, row.pair.public_id)
