"""What one presses on the page of a framework: next version, publish, retire, put away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from craftpath.delivery.web.frameworks.places import found_draft
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.standards import actions
from craftpath.kernel.roles import Permission

VERBS: dict[str, tuple[Callable[..., Any], Any, str]] = {
    "version": (
        actions.draft_version,
        _("The next version is begun. The published one stays until you publish it."),
        "frameworks:edit",
    ),
    "publish": (
        actions.publish_framework,
        _("Published. Its skills can be chosen from now on."),
        "frameworks:framework",
    ),
    "retire": (
        actions.retire_framework,
        _("Retired. What is tagged with its skills keeps them."),
        "frameworks:framework",
    ),
    "discard": (actions.discard_framework, _("Thrown away."), ""),
}


@require_POST
@needs(Permission.EDIT_FRAMEWORKS)
def do(request: Request, organisation: str, framework: str, verb: str) -> HttpResponse:
    """One verb of the life of a version."""
    if verb not in VERBS:
        raise Http404
    act, said, there = VERBS[verb]
    row = act(found_draft(request, framework), by=request.actor, at=request.at)
    messages.success(request, said)
    if not there:
        return redirect("frameworks:list", organisation)
    return redirect(there, organisation, row.public_id)
