"""Motions and votes, and the decisions that follow from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.committees.asking import asked
from craftpath.delivery.web.committees.forms import DecisionForm, MotionForm, both, seat_name
from craftpath.delivery.web.committees.places import found, found_decision, found_motion, trail
from craftpath.delivery.web.committees.saying import motion_badge
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.committees import actions, queries, rules
from craftpath.domain.committees.texts import RULES, VOICES
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from craftpath.domain.committees.models import Motion, Seat

MOST_ITEMS = 60


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, organisation: str, committee: str) -> HttpResponse:
    """Put a motion before the committee."""
    row = found(committee)
    require(rules.may_tend(request.actor, row, queries.seats_of(row), request.today))
    items = list(queries.items().filter(meeting__committee=row, meeting__state="planned")[:MOST_ITEMS])
    form = MotionForm(request.POST or None, items=items, quorum=row.quorum, item=request.GET.get("item", ""))

    def put() -> None:
        given = form.cleaned_data
        actions.prepare_motion(
            row, text=both(form, "text"), rule=given["rule"], quorum=given["quorum"], secret=given["secret"],
            item=form.items.get(given["item"]), by=request.actor, at=request.at,
        )  # fmt: skip

    return asked(
        request, form, put, done=_("Prepared. The chair opens it for votes."), title=_("Put a motion"),
        what=text(row.name), crumbs=trail(request, row, here(_("Put a motion"))),
        back=reverse("committees:committee", args=[organisation, row.public_id]), button=_("Prepare it"),
    )  # fmt: skip


@require_GET
def motion(request: Request, organisation: str, motion: str) -> HttpResponse:
    """One motion: what it says, one's own vote, who has voted, what came of it."""
    row = found_motion(motion)
    seats = queries.seats_of(row.committee)
    ballots = queries.ballots_of(row)
    chairs = rules.chairs(request.actor, seats, request.today)
    own = request.actor.person is not None and request.actor.person.pk == row.made_by_id
    words, tone = motion_badge(row)
    mine = rules.own_seats(request.actor, seats, request.today)
    shown = [seat for seat in seats if seat.pk in ballots or (seat.votes and seat.holds(request.today))]
    context: dict[str, Any] = {
        "motion": row,
        "said": Text.of(row.text),
        "badge": (words, tone),
        "rule": RULES[row.rule],
        "votes": [_own_vote(request, row, seat, ballots) for seat in mine] if row.state == "open" else [],
        "voices": list(VOICES.items()),
        "seats": [_seat(row, seat, ballots) for seat in shown],
        "tally": row.tally,
        "can": {
            "open": chairs and row.state == "prepared",
            "close": chairs and row.state == "open",
            "withdraw": (chairs or own) and row.state in ("prepared", "open"),
        },
        "crumbs": trail(request, row.committee, here(_("Motion"))),
    }  # fmt: skip
    return render(request, "committees/motion.html", context)


def _own_vote(request: Request, row: Motion, seat: Seat, ballots: dict[int, Any]) -> dict[str, Any]:
    ballot = ballots.get(seat.pk)
    return {
        "seat": seat,
        "name": seat_name(seat),
        "voice": ballot.voice if ballot else "",
        "verdict": rules.can_vote(request.actor, row, seat, ballot, request.today),
    }


def _seat(row: Motion, seat: Seat, ballots: dict[int, Any]) -> dict[str, Any]:
    """Whether a seat has voted; how, only once an open vote is closed."""
    ballot = ballots.get(seat.pk)
    told = ballot is not None and row.state == "closed" and ballot.voice
    return {
        "name": seat_name(seat),
        "voted": ballot is not None,
        "voice": VOICES[ballot.voice] if ballot is not None and told else "",
        "by": ballot.cast_by.name if ballot is not None and ballot.cast_by_id != seat.person_id else "",
    }


@require_POST
def vote(request: Request, organisation: str, motion: str) -> HttpResponse:
    """Vote for a seat."""
    row = found_motion(motion)
    seats = {seat.public_id: seat for seat in queries.seats_of(row.committee)}
    mine = rules.own_seats(request.actor, list(seats.values()), request.today)
    seat = seats.get(request.POST.get("seat", ""), mine[0] if mine else None)
    voice = request.POST.get("voice", "")
    if seat is None:
        raise Refused(may_not("committees.no_seat"))
    if voice not in VOICES:
        raise Http404
    actions.cast_vote(row, seat=seat, voice=voice, by=request.actor, at=request.at)
    messages.success(request, _("Your vote is in. You can change it until the chair closes the vote."))
    return redirect("committees:motion", organisation, row.public_id)


_VERBS: dict[str, Callable[..., Any]] = {
    "open": actions.open_motion,
    "close": actions.close_motion,
    "withdraw": actions.withdraw_motion,
}


@require_POST
def do(request: Request, organisation: str, motion: str, verb: str) -> HttpResponse:
    """Open it for votes, close and count, or withdraw it."""
    row = found_motion(motion)
    if verb not in _VERBS:
        raise Http404
    _VERBS[verb](row, by=request.actor, at=request.at)
    messages.success(request, _("Recorded."))
    return redirect("committees:motion", organisation, row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, organisation: str, committee: str) -> HttpResponse:
    """Note a decision with its owner and day."""
    row = found(committee)
    seats = queries.seats_of(row)
    require(rules.may_tend(request.actor, row, seats, request.today))
    held = [seat for seat in seats if seat.holds(request.today)]
    form = DecisionForm(request.POST or None, seats=held)
    meeting = (
        queries.meetings().filter(committee=row, public_id=plain_id(request.GET.get("meeting", ""))).first()
    )

    def note() -> None:
        given = form.cleaned_data
        actions.note_decision(
            row, text=both(form, "text"), owner=form.seats[given["owner"]], due_on=given["due_on"],
            meeting=meeting, by=request.actor, at=request.at,
        )  # fmt: skip

    return asked(
        request, form, note, done=_("Noted."), title=_("Note a decision"),
        what=_("What is done, by whom, until when; it stands among the owner's deadlines."),
        crumbs=trail(request, row, here(_("Note a decision"))),
        back=reverse("committees:committee", args=[organisation, row.public_id]), button=_("Note it"),
    )  # fmt: skip


@require_POST
def end(request: Request, organisation: str, decision: str, verb: str) -> HttpResponse:
    """Tick a decision off, or drop it."""
    row = found_decision(decision)
    ends = {"tick": actions.tick_decision, "drop": actions.drop_decision}
    if verb not in ends:
        raise Http404
    ends[verb](row, note=plain_words(request, "note").strip()[:400], by=request.actor, at=request.at)
    messages.success(request, _("Recorded."))
    if not queries.committees().filter(pk=row.committee_id).exists():  # the owner's seat has ended
        return redirect("committees:list", organisation)
    return redirect("committees:committee", organisation, row.committee.public_id)
