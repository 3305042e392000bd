"""One complaint, to each its part: the complainant, who handles it, and a person named who was told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.care.incidents import said
from craftpath.delivery.web.care.saying import COMPLAINT_TONES, steps_shown
from craftpath.delivery.web.care.trail import to_care
from craftpath.delivery.web.history.sentences import sentence as told_as
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.care import actions, queries, rules, texts
from craftpath.domain.care.states import COMPLAINT, OPEN
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.care.models import Complaint, Named
    from craftpath.kernel.people import Person

PATH = ("received", "acknowledged", "informal", "formal", "mediated", "decided", "closed")


def readable(request: Request, public_id: str) -> tuple[Complaint, str, Named | None]:
    """The complaint, the reader's part in it, and the reader's own row if named; 404 for everybody else."""
    found = queries.complaints().filter(public_id=plain_id(public_id)).first()
    if found is None:
        raise Http404
    if rules.is_complainant(request.actor, found):
        return found, "complainant", None
    for row in queries.named_in(found):
        if row.named_id == request.user.pk and row.told_at is not None:
            return found, "named", row
    if rules.may_handle(request.actor, found):
        return found, "handler", None
    raise Http404


@require_GET
def complaint(request: Request, organisation: str, complaint: str) -> HttpResponse:
    """The cover; what is inside only to the complainant, or to whoever has opened it within the last half hour."""
    return _page(request, *readable(request, complaint))


def _page(
    request: Request, found: Complaint, part: str, own: Named | None, *, fault: str = "", status: int = 200
) -> HttpResponse:
    opened = part == "complainant" or queries.opened_lately(found, request.user, request.at)
    context = {
        "complaint": found,
        "part": part,
        "own": own,
        "opened": opened,
        "open_still": found.state in OPEN,
        "fault": fault,
        "kept": request.POST,
        "state": texts.COMPLAINT_STATES[found.state],
        "state_tone": COMPLAINT_TONES.get(found.state, "info"),
        "late": found.due_on is not None and found.due_on < request.today,
        "next_step": texts.NEXT_STEPS.get(found.state, ""),
        "moves": {move for move in COMPLAINT.moves if COMPLAINT.can(found.state, move)},
        # The day of a complaint could tell who made it.
        "title": _("You are asked for your view")
        if part == "named"
        else _("Complaint of %(day)s") % {"day": day(found.made_at)},
        "crumbs": to_care(request, here(_("Complaint"))),
    }
    if opened:
        context |= {"complainant": _complainant, "handler": _handler, "named": _named}[part](
            request, found, own
        )
    response = render(request, "care/complaint.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _inside(request: Request, found: Complaint) -> dict[str, Any]:
    gone = queries.states_gone_through(found.ref) if found.state in PATH else set()
    drawn = (
        steps_shown(PATH, found.state, gone, texts.COMPLAINT_STATES) if found.state in PATH else {"step": 0}
    )
    return drawn | {
        "matter": texts.MATTERS[found.matter],
        "about": texts.ABOUT[found.about],
        "named": queries.named_in(found),
        "handlers": queries.handlers_of(found),
        "people": _around(request, found) if found.state in OPEN else [],
        "outcome": texts.OUTCOMES.get(found.outcome, ""),
    }


def _complainant(request: Request, found: Complaint, own: Named | None) -> dict[str, Any]:
    inside = _inside(request, found)
    other_side = [row.named_id for row in inside["named"]]
    unread = found.answered_at is not None and (found.read_at is None or found.read_at < found.answered_at)
    return inside | {
        "statements": queries.statements_in(found, "complainant"),
        "unread": unread,
        "lines": _lines(found, without=other_side),
    }


def _handler(request: Request, found: Complaint, own: Named | None) -> dict[str, Any]:
    inside = _inside(request, found)
    said_so_far = queries.said_among_handlers(found)
    parts = [
        ("complainant", None, found.person.name, [row for row in said_so_far if row.part == "complainant"])
    ]
    parts += [
        ("named", row, row.named.name, [one for one in said_so_far if one.named_id == row.pk])
        for row in inside["named"]
        if row.told_at is not None
    ]
    parts.append(("handlers", None, "", [row for row in said_so_far if row.part == "handlers"]))
    return inside | {
        "parts": parts,
        "any_told": any(row.told_at for row in inside["named"]),
        "outcomes": texts.OUTCOMES,
        "others": queries.others_who_may(found, request.at),
        "lines": _lines(found),
    }


def _named(request: Request, found: Complaint, own: Named | None) -> dict[str, Any]:
    unread = own is not None and (own.read_at is None or (own.answered_at or own.read_at) > own.read_at)
    return {"statements": queries.statements_in(found, "named", own), "unread": unread}


def _lines(found: Complaint, *, without: Any = ()) -> list[tuple[Any, str, str]]:
    return [
        (row.at, row.person.name if row.person else "Craftpath", told_as(row.fact, row.payload, ""))
        for row in queries.history_of(found, without=without)
    ]


def _around(request: Request, found: Complaint) -> list[Person]:
    """Whom one can name: the people around the complainant."""
    own = enrolments_of(found.person)
    places = [found.organisation, *(row.cohort.organisation for row in own)]
    places += [row.enterprise for row in own if row.enterprise is not None]
    known = {row.named_id for row in queries.named_in(found)} | {found.person_id}
    return [
        row for row in queries.people_around(places, own, request.today, mates=True) if row.pk not in known
    ]


@require_POST
def do(request: Request, organisation: str, complaint: str, verb: str) -> HttpResponse:
    """One press; what is refused says why on the same page, and what was written stays."""
    if verb not in _VERBS:
        raise Http404
    found, part, own = readable(request, complaint)
    act, words = _VERBS[verb]
    try:
        act(request, found)
    except Refused as refused:
        if refused.verdict.who:
            raise
        again = readable(request, complaint)
        return _page(request, *again, fault=sentence(refused.verdict), status=409)
    if words:
        messages.success(request, words)
    try:
        readable(request, complaint)
    except Http404:  # it was handed over, or somebody was named who leaves this reader out
        return redirect("care:home", organisation)
    return redirect("care:complaint", organisation, complaint)


def _by(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": request.at}


def _plain(action: Callable[..., Any]) -> Callable[[Request, Any], object]:
    return lambda request, found: action(found, **_by(request))


def _say(request: Request, found: Complaint) -> None:
    named = _row(found, said(request, "named"))
    actions.say(found, words=said(request, "words"), part=said(request, "part"), named=named, **_by(request))


def _tell(request: Request, found: Complaint) -> None:
    named = _row(found, said(request, "named"))
    if named is None:
        raise Refused(not_now("care.word_unknown"))
    actions.tell_named(found, named, words=said(request, "told"), **_by(request))


def _row(found: Complaint, public_id: str) -> Named | None:
    return next((row for row in queries.named_in(found) if row.public_id == public_id), None)


def _name(request: Request, found: Complaint) -> None:
    offered = {row.public_id: row for row in _around(request, found)}
    person = offered.get(said(request, "person"))
    if person is None:
        raise Refused(not_now("care.nobody_named"))
    actions.name_person(found, person, **_by(request))


def _decide(request: Request, found: Complaint) -> None:
    actions.decide_complaint(
        found,
        outcome=said(request, "outcome"),
        decision=said(request, "decision"),
        decision_for_named=said(request, "decision_for_named"),
        **_by(request),
    )


def _call_in(request: Request, found: Complaint) -> None:
    wanted = said(request, "person")
    person = next((row for row in queries.others_who_may(found, request.at) if row.public_id == wanted), None)
    if person is None:
        raise Refused(not_now("care.may_not_handle"))
    actions.call_in(found, person, **_by(request))


_VERBS: dict[str, tuple[Callable[[Request, Any], object], Any]] = {
    "open": (_plain(actions.open_complaint), ""),
    "read": (_plain(actions.read_answer), gettext_lazy("Noted that you have read it.")),
    "acknowledge": (
        _plain(actions.acknowledge_complaint),
        gettext_lazy("Acknowledged; the complainant sees it."),
    ),
    "talk": (
        _plain(actions.talk_informally),
        gettext_lazy("It is being talked about; the complainant sees it."),
    ),
    "formalise": (
        _plain(actions.formalise_complaint),
        gettext_lazy("It is examined formally; the complainant sees it."),
    ),
    "mediate": (
        _plain(actions.mediate_complaint),
        gettext_lazy("It is in mediation; the complainant sees it."),
    ),
    "decide": (_decide, gettext_lazy("Decided. Each side reads its own words.")),
    "close": (_plain(actions.close_complaint), gettext_lazy("Closed.")),
    "say": (_say, gettext_lazy("Added.")),
    "tell": (_tell, gettext_lazy("Told. This person sees your words and nothing else.")),
    "name": (_name, gettext_lazy("Named. Whoever is concerned handles it no longer.")),
    "call-in": (_call_in, gettext_lazy("You look after it together now.")),
    "hand-over": (_plain(actions.hand_over), gettext_lazy("Handed over.")),
    "find": (_plain(actions.find_handler), gettext_lazy("We looked again; you see here who looks after it.")),
    "escalate": (
        lambda request, found: actions.escalate_complaint(
            found, external=said(request, "external"), **_by(request)
        ),
        gettext_lazy("Noted where it goes on."),
    ),
    "withdraw": (_plain(actions.withdraw_complaint), gettext_lazy("Withdrawn.")),
}
