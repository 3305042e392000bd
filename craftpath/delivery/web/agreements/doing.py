"""Buttons of an agreement's page: send, take back, register, activate, complete, expire, make void."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from craftpath.delivery.web.agreements.places import home, writable
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.agreements import actions
from craftpath.kernel.roles import Permission

_VERBS: dict[str, tuple[Callable[..., Any], Any]] = {
    "send": (actions.send_agreement, gettext_lazy("The text is fixed and waits for signatures.")),
    "recall": (actions.recall_agreement, gettext_lazy("Taken back. It can be changed again.")),
    "activate": (
        actions.activate_agreement,
        gettext_lazy("Active from its first day. The apprentice has begun."),
    ),
    "void": (actions.void_agreement, gettext_lazy("Made void. The place in the cohort stays.")),
}
_ON_A_DAY: dict[str, tuple[Callable[..., Any], Any]] = {
    "complete": (actions.complete_agreement, gettext_lazy("Completed.")),
    "expire": (actions.expire_agreement, gettext_lazy("Expired.")),
}


@require_POST
@needs(Permission.MANAGE_AGREEMENTS)
def do(request: Request, organisation: str, agreement: str, verb: str) -> HttpResponse:
    """One of the verbs that need nothing but the press."""
    found = writable(request, agreement)
    if verb in _VERBS:
        act, said = _VERBS[verb]
        act(found, by=request.actor, at=request.at)
    elif verb in _ON_A_DAY:
        act, said = _ON_A_DAY[verb]
        act(found, on=request.today, by=request.actor, at=request.at)
    else:
        raise Http404
    messages.success(request, said)
    return redirect(*home(request, found))


@require_POST
@needs(Permission.MANAGE_AGREEMENTS)
def register(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Note the number under which the authority keeps it."""
    found = writable(request, agreement)
    number = request.POST.get("number", "").replace("\0", "").strip()[:60]
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        on = request.today
    if not number:
        messages.warning(request, _("Write the number down first."))
        return redirect(*home(request, found))
    actions.register_agreement(found, number=number, on=on, by=request.actor, at=request.at)
    messages.success(request, _("Registered."))
    return redirect(*home(request, found))
