"""Meetings: planned, their agenda and papers, their minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.committees.asking import asked
from craftpath.delivery.web.committees.forms import ItemForm, MeetingForm, MinutesForm, both, seat_name
from craftpath.delivery.web.committees.places import found, found_meeting, trail
from craftpath.delivery.web.committees.saying import decision_lines, meeting_line, motion_line
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.signing.showing import lines
from craftpath.domain.committees import actions, queries, rules
from craftpath.domain.committees.states import MEETING
from craftpath.kernel.signing import may_sign
from craftpath.values.text import Text
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.committees.models import Meeting


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, organisation: str, committee: str) -> HttpResponse:
    """Say when and where a committee meets."""
    row = found(committee)
    require(rules.may_tend(request.actor, row, queries.seats_of(row), request.today))
    form = MeetingForm(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        starts = datetime.combine(given["on"], given["clock"], get_current_timezone())
        actions.plan_meeting(
            row, starts_at=starts, place=given["place"], link=given["link"], by=request.actor, at=request.at
        )

    return asked(
        request, form, act, done=_("Planned."), title=pgettext("of a committee", "Plan a meeting"), what=text(row.name),
        crumbs=trail(request, row, here(pgettext("of a committee", "Plan a meeting"))),
        back=reverse("committees:committee", args=[organisation, row.public_id]), button=_("Plan it"),
    )  # fmt: skip


@require_GET
def meeting(request: Request, organisation: str, meeting: str) -> HttpResponse:
    """One meeting: agenda with papers and motions, minutes, decisions."""
    return _shown(request, found_meeting(meeting))


def _shown(request: Request, row: Meeting, form: ItemForm | None = None, status: int = 200) -> HttpResponse:
    seats = queries.seats_of(row.committee)
    tends = bool(rules.may_tend(request.actor, row.committee, seats, request.today))
    adds = bool(rules.may_add(request.actor, row.committee, seats, request.today))
    signing = lines(row.document) if row.document is not None else []
    waits = row.document is not None and row.document.is_open
    motions = queries.motions().filter(committee=row.committee, item__meeting=row)
    context: dict[str, Any] = {
        "meeting": row,
        "line": meeting_line(request, row),
        "items": [{"item": item, "title": text(item.title)} for item in queries.items_of(row)],
        "motions": [motion_line(request, one) for one in motions],
        "decisions": decision_lines(request, queries.decisions().filter(meeting=row)),
        "present": [
            (
                one.seat.deputy.name if one.by_deputy and one.seat.deputy else one.seat.person.name,
                seat_name(one.seat),
            )
            for one in queries.present_at(row)
        ],
        "words": Text.of(row.words),
        "can": {move: tends and MEETING.can(row.state, move) for move in MEETING.moves},
        "adds": adds and row.state == "planned",
        "form": form or ItemForm(),
        "tends": tends,
        "signing": signing,
        "signs": waits
        and any(may_sign(request.actor, one.party) and one.signature is None for one in signing),
        "crumbs": trail(request, row.committee, here(_("Meeting %(number)s") % {"number": row.number})),
    }
    return render(request, "committees/meeting.html", context, status=status)


@require_POST
def add_item(request: Request, organisation: str, meeting: str) -> HttpResponse:
    """Put something on the agenda."""
    row = found_meeting(meeting)
    require(rules.may_add(request.actor, row.committee, queries.seats_of(row.committee), request.today))
    form = ItemForm(request.POST, request.FILES)

    def add() -> None:
        file = form.cleaned_data.get("paper")
        actions.add_item(
            row, title=both(form, "title"), paper=file.read() if file else b"",
            paper_name=file.name if file else "", by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("It stands on the agenda."), add)
    if status:
        return _shown(request, row, form, status)
    return redirect("committees:meeting", organisation, row.public_id)


@require_GET
def paper(request: Request, organisation: str, item: str) -> HttpResponseBase:
    """The paper of an item."""
    row = get_object_or_404(queries.items(), public_id=plain_id(item))
    if row.paper is None:
        raise Http404
    return shown_or_saved(row.paper.bytes(), row.public_id, row.media_type)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: Request, organisation: str, meeting: str) -> HttpResponse:
    """Write the minutes, and who was there."""
    row = found_meeting(meeting)
    seats = queries.seats_of(row.committee)
    require(rules.may_tend(request.actor, row.committee, seats, request.today))
    said, there = Text.of(row.words), list(queries.present_at(row))
    # Whoever sat there on the day of the meeting may have been there, also if the seat has ended since.
    noted, day = {one.seat_id for one in there}, localdate(row.starts_at)
    held = [seat for seat in seats if seat.holds(day) or seat.pk in noted]
    initial = {
        "words_zh": said.zh,
        "words_en": said.en,
        "present": [one.seat.public_id for one in there if not one.by_deputy],
        "deputies": [one.seat.public_id for one in there if one.by_deputy],
    }
    form = MinutesForm(request.POST or None, seats=held, initial=initial)

    def act() -> None:
        actions.write_minutes(
            row, words=both(form, "words"), present=form.chosen("present"), deputies=form.chosen("deputies"),
            by=request.actor, at=request.at,
        )  # fmt: skip

    name = _("Meeting %(number)s") % {"number": row.number}
    to_meeting = step(request, name, "committees:meeting", row.public_id)
    return asked(
        request, form, act, done=_("Saved."), title=pgettext("of a committee", "Minutes"),
        what=_("Votes and decisions are added by themselves; write what was said."),
        crumbs=trail(request, row.committee, to_meeting, here(pgettext("of a committee", "Minutes"))),
        back=reverse("committees:meeting", args=[organisation, row.public_id]), button=_("Save"),
    )  # fmt: skip


_VERBS: dict[str, Callable[..., Any]] = {
    "cancel": actions.cancel_meeting,
    "send": actions.send_minutes,
    "recall": actions.recall_minutes,
}


@require_POST
def do(request: Request, organisation: str, meeting: str, verb: str) -> HttpResponse:
    """Cancel it, send its minutes for signatures, or take them back."""
    row = found_meeting(meeting)
    if verb not in _VERBS:
        raise Http404
    _VERBS[verb](row, by=request.actor, at=request.at)
    messages.success(request, _("Recorded."))
    return redirect("committees:meeting", organisation, row.public_id)
