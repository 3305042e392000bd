"""Buttons of those who make a story, and of the office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.stories.forms import AgreeForForm, AgreeForm, ChecksForm, ReasonForm
from craftpath.delivery.web.stories.places import draft
from craftpath.delivery.web.stories.story import page
from craftpath.domain.stories import actions, rules
from craftpath.values.verdict import require

SIMPLE: dict[str, tuple[Callable[..., object], Any]] = {
    "hand-in": (actions.hand_in_story, gettext_lazy("The office looks at it now.")),
    "take-back": (actions.take_back_story, gettext_lazy("Taken back: you can change it.")),
    "revise": (actions.revise_story, gettext_lazy("It is a draft again.")),
    "disagree": (actions.disagree_story, gettext_lazy("Taken back: nobody else sees it any more.")),
}


@require_POST
def agree(request: Request, organisation: str, story: str) -> HttpResponse:
    """Say who may see it."""
    row = draft(request, story)
    require(rules.may_agree(request.actor, row))
    kind = AgreeForForm if row.teller_id is None else AgreeForm
    form = kind(request.POST, auto_id="agree_%s")

    def act() -> None:
        given = form.cleaned_data
        actions.agree_story(
            row, reach=given["reach"], how=given.get("how", ""), by=request.actor, at=request.at
        )

    return _tried(request, row, "agree", form, _("Kept. You can take it back here at any time."), act)


@require_POST
def move(request: Request, organisation: str, story: str, verb: str) -> HttpResponse:
    """A step of the story's life."""
    row = draft(request, story)
    if verb in SIMPLE:
        act, done = SIMPLE[verb]
        act(row, by=request.actor, at=request.at)
        messages.success(request, str(done))
        return redirect("stories:story", organisation, row.public_id)
    if verb in ("open-comments", "close-comments"):
        actions.turn_comments(row, open=verb == "open-comments", by=request.actor, at=request.at)
        return redirect("stories:story", organisation, row.public_id)
    if verb == "publish":
        return _publish(request, row)
    if verb == "withdraw" and rules.is_teller(request.actor, row):
        actions.withdraw_story(row, by=request.actor, at=request.at)
        messages.success(request, _("Taken down: nobody else sees it any more."))
        return redirect("stories:story", organisation, row.public_id)
    if verb not in ("withdraw", "return"):
        raise Http404
    return _for_a_reason(request, row, verb)


def _publish(request: Request, row: Any) -> HttpResponse:
    require(rules.may_check(request.actor, row))
    form = ChecksForm(request.POST, auto_id="publish_%s")

    def act() -> None:
        actions.publish_story(row, checks=form.cleaned_data["checks"], by=request.actor, at=request.at)

    return _tried(request, row, "publish", form, _("Published: it hangs on the wall."), act)


def _for_a_reason(request: Request, row: Any, verb: str) -> HttpResponse:
    require(rules.may_check(request.actor, row))
    form = ReasonForm(request.POST, auto_id=f"{verb}_%s")
    does = actions.return_story if verb == "return" else actions.withdraw_story
    done = (
        _("Given back with your words.")
        if verb == "return"
        else _("Taken down: nobody else sees it any more.")
    )

    def act() -> None:
        does(row, because=form.cleaned_data["because"], by=request.actor, at=request.at)

    return _tried(request, row, verb, form, done, act)


def _tried(
    request: Request, row: Any, name: str, form: Any, done: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it, or show the page with what was typed and why not."""
    status = tried(request, form, done, act)
    if not status:
        return redirect("stories:story", request.organisation.key, row.public_id)
    return render(request, "stories/story.html", page(request, row, **{name: form}), status=status)
