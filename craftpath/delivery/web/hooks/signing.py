"""The secret with which a web hook's messages are signed, and one message once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from craftpath.delivery.web.hooks.views import hook_of
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.kernel.hook_signing import make_hook_secret, replay_delivery
from craftpath.kernel.hooks import deliveries_of


@never_cache
@require_POST
@sensitive_variables()
def secret(request: Request, organisation: str, hook: str) -> HttpResponse:
    """Make a new secret and show it, once."""
    found = hook_of(request, hook)
    made = make_hook_secret(found, by=request.actor, at=request.at)
    crumbs = [
        step(request, _("Web hooks"), "hooks:list"),
        step(request, found.name, "hooks:hook", found.public_id),
        here(_("Signing secret")),
    ]
    return render(request, "hooks/secret.html", {"hook": found, "secret": made, "crumbs": crumbs})


@require_POST
def again(request: Request, organisation: str, hook: str, delivery: str) -> HttpResponse:
    """Send one message once more."""
    found = hook_of(request, hook)
    row = get_object_or_404(deliveries_of(found), public_id=plain_id(delivery))
    replay_delivery(row, by=request.actor, at=request.at)
    messages.success(request, _("It is on its way once more."))
    return redirect("hooks:hook", organisation, found.public_id)
