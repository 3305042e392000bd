"""Buttons of a bulletin's life, and its paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.exchange.bulletins.kept import forget_papers
from craftpath.delivery.exchange.bulletins.proving import printed, prove, sheet_of
from craftpath.delivery.web.bulletins.editing import page
from craftpath.delivery.web.bulletins.forms import ReasonForm
from craftpath.delivery.web.bulletins.places import address_of, own
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.refusals import refusal_of, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.bulletins import actions, queries, rules
from craftpath.domain.bulletins.states import BULLETIN
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Bulletin

PDF = "application/pdf"
SIMPLE: dict[str, tuple[Callable[..., object], Any]] = {
    "take": (actions.take_back_bulletin, gettext_lazy("Taken back: you can change it.")),
    "discard": (actions.discard_bulletin, gettext_lazy("Discarded. Its number is free again.")),
    "publish": (actions.publish_bulletin, gettext_lazy("Published: everybody can read it.")),
}
REASONED: dict[str, tuple[Callable[..., object], Any]] = {
    "return": (actions.return_bulletin, gettext_lazy("Given back with your words.")),
    "withdraw": (actions.withdraw_bulletin, gettext_lazy("Withdrawn: its address says so from now on.")),
}


@require_POST
def move(request: Request, organisation: str, bulletin: str, verb: str) -> HttpResponse:
    """A step of the bulletin's life."""
    row = own(request, bulletin)
    if verb == "compose":
        return _compose(request, row)
    if verb in REASONED:
        return _for_a_reason(request, row, verb)
    if verb == "hand":
        return _done(request, row, lambda: _hand_in(request, row), _("Somebody else looks at it now."))
    if verb not in SIMPLE:
        raise Http404
    act, done = SIMPLE[verb]
    return _done(request, row, lambda: act(row, by=request.actor, at=request.at), str(done))


def _compose(request: Request, row: Bulletin) -> HttpResponse:
    count = actions.compose_bulletin(row, by=request.actor, at=request.at)
    if count:
        said = ngettext(
            "%(count)s place was filled from the record.",
            "%(count)s places were filled from the record.",
            count,
        ) % {"count": count}
    else:
        said = _("The record holds nothing new for places that nobody has written in.")
    messages.success(request, said)
    return redirect("bulletins:edit", request.organisation.key, row.public_id)


def _hand_in(request: Request, row: Bulletin) -> None:
    if row.state == "review":
        return
    BULLETIN.after(row.state, "hand")
    blocks, spoken = queries.blocks_of(row), queries.voices_of(row)
    placed = [voice for voice in spoken if voice.placed]
    contents = {key: one.content for key, one in blocks.items()}
    pictures = {key: one.picture_id is not None for key, one in blocks.items()}
    require(rules.can_hand_in(row.language, contents, pictures, placed))
    content = queries.content_from(row, blocks, spoken, queries.figures_now(row), request.today)
    proof = prove(
        row, content, placed, address_of(row)
    )  # takes seconds, so it is not part of the transaction
    actions.hand_in_bulletin(row, proof=proof.sha256, by=request.actor, at=request.at)


def _done(request: Request, row: Bulletin, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it, or show the page with the reason why not."""
    refused = refusal_of(act)
    if refused:
        return render(request, "bulletins/edit.html", page(request, row, refused=refused), status=409)
    messages.success(request, done)
    return redirect("bulletins:edit", request.organisation.key, row.public_id)


def _for_a_reason(request: Request, row: Bulletin, verb: str) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id=f"{verb}_%s")
    act, done = REASONED[verb]

    def does() -> None:
        act(row, because=form.cleaned_data["because"], by=request.actor, at=request.at)
        if verb == "withdraw":
            forget_papers(row.public_id)

    status = tried(request, form, str(done), does)
    if not status:
        return redirect("bulletins:edit", request.organisation.key, row.public_id)
    context = page(request, row, reason=form, reason_of=verb)
    return render(request, "bulletins/edit.html", context, status=status)


@require_GET
def paper(request: Request, organisation: str, bulletin: str) -> HttpResponse:
    """The paper as it would be now, or, once handed in, as it is reviewed; every voice that is placed stands on it."""
    row = own(request, bulletin)
    version = queries.last_version(row) if row.state != "draft" else None
    content = version.content if version is not None else queries.content_of(row, request.today)
    spoken = [voice for voice in queries.voices_of(row) if voice.placed]
    if row.state in ("published", "withdrawn"):
        spoken = queries.agreeing(spoken)
    made = printed(sheet_of(row, content, spoken), address_of(row))
    return attachment(made, f"{row.organisation.key}-{row.number}.pdf", PDF)
