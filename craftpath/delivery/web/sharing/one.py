"""One rule: its text as both sides see it, where it stands, what can be done, and the last looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.sharing.listing import look_lines
from craftpath.delivery.web.sharing.places import TONES, found, trail
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusal_of
from craftpath.delivery.web.shell.requests import Request, plain_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.sharing import actions, queries, rules
from craftpath.domain.sharing.states import RULE
from craftpath.domain.sharing.texts import STATES
from craftpath.domain.sharing.wording import rule_paper
from craftpath.kernel.roles import Permission
from craftpath.values.paper import Paper

if TYPE_CHECKING:
    from craftpath.domain.sharing.models import SharingRule

FEW = 5
GIVERS = ("save", "discard", "offer", "recall", "replace")
RECEIVERS = ("accept", "decline")


@require_GET
@needs(Permission.SEE_SHARED)
def rule(request: Request, organisation: str, rule: str) -> HttpResponse:
    """The page of a rule, for either side."""
    return _page(request, found(request, rule))


def _page(request: Request, row: SharingRule, *, fault: str = "", status: int = 200) -> HttpResponse:
    standing = queries.standing(row, request.today)
    gives = bool(rules.may_give(request.actor, row.giver, request.today))
    receives = bool(rules.may_receive(request.actor, row.receiver, request.today))
    moves = {*(GIVERS if gives else ()), *(RECEIVERS if receives else ())}
    moves |= {"revoke"} if gives or receives else set()
    looks = list(queries.looks().filter(rule=row)[: FEW + 1])
    following = queries.next_version(row) if row.state in ("in_force", "replaced") else None
    shown = {
        "row": row,
        "standing": standing,
        "state": STATES[standing.state],
        "tone": TONES.get(standing.state, "plain"),
        "paper": Paper.from_json(row.text) if row.text else rule_paper(row),
        "can": {move for move in moves if RULE.can(row.state, move)},
        "following": following,
        "previews": bool(rules.may_preview(request.actor, row, request.today))
        and row.state in ("draft", "offered", "in_force"),
        "looks_at": bool(standing.verdict) and bool(rules.may_look(request.actor, row, request.today)),
        "looks": look_lines(request, looks[:FEW]),
        "more": len(looks) > FEW,
        "fault": fault,
        "kept": plain_words(request, "because"),
        "title": text(row.named["title"]),
        "crumbs": trail(request, row),
    }
    return render(request, "sharing/rule.html", shown, status=status)


_VERBS: dict[str, Callable[..., Any]] = {
    "offer": actions.offer_rule,
    "recall": actions.recall_rule,
    "discard": actions.discard_rule,
    "replace": actions.draft_next_version,
}
_WITH_REASON: dict[str, Callable[..., Any]] = {
    "decline": actions.decline_rule,
    "revoke": actions.revoke_rule,
}


@require_POST
@needs(Permission.SHARE_DATA)
def do(request: Request, organisation: str, rule: str, verb: str) -> HttpResponse:
    """Offer, take back, discard, accept, decline, revoke, or write the next version."""
    row = found(request, rule)
    done: list[SharingRule] = []
    fault = refusal_of(lambda: done.append(_do(request, row, verb)))
    if fault:
        return _page(request, found(request, rule), fault=fault, status=409)
    messages.success(request, _("Recorded."))
    if verb == "discard":
        return redirect("sharing:list", organisation)
    return redirect("sharing:rule", organisation, done[0].public_id)


def _do(request: Request, row: SharingRule, verb: str) -> SharingRule:
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in _VERBS:
        made: SharingRule = _VERBS[verb](row, **by)
        return made
    if verb in _WITH_REASON:
        ended: SharingRule = _WITH_REASON[verb](row, because=plain_words(request, "because"), **by)
        return ended
    if verb == "accept":
        return actions.accept_rule(row, seen=request.POST.get("seen", ""), **by)
    raise Http404
