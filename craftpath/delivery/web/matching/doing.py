"""What is done to a round: propose, pin, ask, publish, drop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from craftpath.delivery.web.matching.forms import AskForm, DropForm, PublishForm, weights_of
from craftpath.delivery.web.matching.places import found
from craftpath.delivery.web.matching.proposing import propose_now
from craftpath.delivery.web.matching.round_page import groups_of, page_of
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.matching import actions, queries, rules
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Round

MARKS = {"pin": "pin", "forbid": "forbid", "free": ""}


def _mine(request: Request, public_id: str) -> Round:
    row = found(request, public_id)
    require(rules.may_match(request.actor, row.organisation))
    return row


def _to(request: Request, row: Round, anchor: str = "") -> HttpResponse:
    address = reverse("matching:round", args=[request.organisation.key, row.public_id])
    return redirect(f"{address}#{anchor}" if anchor else address)


@require_POST
def propose(request: Request, organisation: str, row: str) -> HttpResponse:
    """With these weights; the newest proposal stands beside the one before."""
    round_ = _mine(request, row)
    keep = request.POST.get("keep") == "yes"
    try:
        weights = round_.weights | weights_of(request.POST)
        round_ = actions.weigh(round_, weights, keep=keep, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
    else:
        propose_now(request, round_)
    return _to(request, round_)


@require_POST
def mark(request: Request, organisation: str, row: str) -> HttpResponse:
    """Pin, keep apart or neither, and propose anew with it."""
    round_ = _mine(request, row)
    word, _sign, ids = request.POST.get("mark", "").partition(":")
    teacher, _sign, learner = ids.partition(":")
    seats = round_.seats.select_related("person")
    one = seats.exclude(side="learns").filter(public_id=plain_id(teacher)).first()
    other = seats.exclude(side="teaches").filter(public_id=plain_id(learner)).first()
    try:
        if word not in MARKS:
            raise Refused(not_now("matching.mark_unknown"))
        if one is None or other is None:
            raise Refused(not_now("matching.not_in_round"))
        actions.mark_pair(round_, one, other, MARKS[word], by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
    else:
        propose_now(request, round_)
    return _to(request, round_, f"t-{one.public_id}" if one is not None else "")


@require_POST
def ask(request: Request, organisation: str, row: str) -> HttpResponse:
    """Ask everybody in it whom they would like."""
    round_ = _mine(request, row)
    form = AskForm(request.POST)
    return _attempt(
        request, round_, "ask", form, _("Everybody in this round finds the question at home."),
        lambda given: actions.ask_preferences(round_, until=given["until"], by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
def close(request: Request, organisation: str, row: str) -> HttpResponse:
    """End the asking."""
    round_ = _mine(request, row)
    actions.close_preferences(round_, by=request.actor, at=request.at)
    return _to(request, round_)


@require_POST
def drop(request: Request, organisation: str, row: str) -> HttpResponse:
    """Nothing comes of it, and why."""
    round_ = _mine(request, row)
    return _attempt(
        request, round_, "drop", DropForm(request.POST), _("Dropped. No pair was changed."),
        lambda given: actions.drop_round(round_, because=given["because"], by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
def publish(request: Request, organisation: str, row: str) -> HttpResponse:
    """Let the proposal that was looked at become pairs."""
    round_ = _mine(request, row)
    given = request.POST.get("number", "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 0  # noqa: PLR2004
    kept = next((one for one in queries.proposals(round_) if one.number == number), None)
    arrows = queries.proposed(kept) if kept is not None else []
    form = PublishForm(request.POST, groups=groups_of(round_, arrows), number=number)
    pairs = len({one.group for one in arrows})
    done = ngettext("%(count)s pair is published.", "%(count)s pairs are published.", pairs) % {
        "count": pairs
    }

    def act(cleaned: dict[str, Any]) -> None:
        if kept is None:
            raise Refused(not_now("matching.changed_since"))
        actions.publish_round(
            round_, kept, ask=cleaned["ask"] == "yes", projects=form.projects, by=request.actor, at=request.at
        )

    return _attempt(request, round_, "publish", form, done, act)


def _attempt(
    request: Request, row: Round, name: str, form: Form, done: str, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do it and say so; what cannot be stays in its form, opened, with the reason."""
    status = tried(request, form, done, lambda: act(form.cleaned_data))
    if not status:
        return _to(request, row)
    return render(request, "matching/round.html", page_of(request, row, wrong=name, form=form), status=status)
