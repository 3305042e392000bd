"""Web hooks: the list with a form for the next one; one with what it sent and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.exchange.waiting import TOPICS, message_said
from craftpath.delivery.web.hooks.forms import SHAPES, HookForm
from craftpath.delivery.web.hooks.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.delivery.web.shell.trail import here, step
from craftpath.kernel.hooks import (
    Hook,
    HookDelivery,
    Shape,
    add_hook,
    deliveries_of,
    hooks,
    switch_hook,
    test_hook,
)
from craftpath.kernel.roles import Permission
from craftpath.kernel.topics import Topic
from craftpath.values.verdict import not_now, require

PAGE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A hook with its words."""

    hook: Hook
    shape: str
    topics: str
    why_off: str


def _shown(hook: Hook) -> Shown:
    topics = listed(str(TOPICS[Topic(one)]) for one in hook.topics)
    why = sentence(not_now(hook.off_because, **_facts_of(hook))) if hook.off_because else ""
    return Shown(hook, str(SHAPES[hook.shape]), topics, why)  # type: ignore[index]


def _facts_of(hook: Hook) -> dict[str, Any]:
    last = deliveries_of(hook).filter(answer=hook.off_because).first()
    return dict(last.facts) if last else {}


def hook_of(request: Request, public_id: str) -> Hook:
    """One of this organisation or below it, 404 for any other; then whether the reader may."""
    inside = hooks().filter(organisation__path__startswith=request.organisation.path)
    found: Hook = get_object_or_404(inside, public_id=plain_id(public_id))
    require(request.actor.may(Permission.RUN_ORGANISATION))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ORGANISATION)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All of them, those of places below too; by POST one more for this organisation."""
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            hook = add_hook(request.organisation, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("Added. Send a test message to see whether it arrives."))
            return redirect("hooks:hook", organisation, hook.public_id)
    inside = hooks().filter(organisation__path__startswith=request.organisation.path)
    context = {"rows": [_shown(hook) for hook in inside], "form": form, "tabs": tabs(request, "hooks:list")}
    return render(request, "hooks/list.html", context, status=422 if form.is_bound else 200)


@require_safe
def hook_page(request: Request, organisation: str, hook: str) -> HttpResponse:
    """One hook with its deliveries, the newest first."""
    found = hook_of(request, hook)
    page = Paginator(deliveries_of(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "one": _shown(found),
        "rows": [(row, message_said(row.content, found.organisation), _became(row)) for row in page],
        "page": page,
        "signable": found.shape == Shape.PLAIN,
        "crumbs": [step(request, _("Web hooks"), "hooks:list"), here(found.name)],
    }
    return render(request, "hooks/hook.html", context)


def _became(row: HookDelivery) -> str:
    return sentence(not_now(row.answer, **row.facts)) if row.answer else ""


@require_POST
def test(request: Request, organisation: str, hook: str) -> HttpResponse:
    """Send a test message."""
    found = hook_of(request, hook)
    if test_hook(found, by=request.actor, at=request.at) is None:
        messages.info(request, _("A test of this minute is on its way already."))
    else:
        messages.success(request, _("The test is on its way; what became of it stands below in a moment."))
    return redirect("hooks:hook", organisation, found.public_id)


@require_POST
def switch(request: Request, organisation: str, hook: str) -> HttpResponse:
    """Switch one on or off, or remove it."""
    found = hook_of(request, hook)
    state = request.POST.get("state", "")
    said = {
        "on": _("On again; it hears from the next message on."),
        "off": _("Switched off."),
        "removed": _("Removed. The group hears nothing more."),
    }
    if state not in said:
        return redirect("hooks:hook", organisation, found.public_id)
    switch_hook(found, state, by=request.actor, at=request.at)
    messages.success(request, said[state])
    return redirect("hooks:list", organisation)
