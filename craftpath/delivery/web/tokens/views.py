"""Tokens of an organisation: its service tokens, those of its people, and a form for the next one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.hooks.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.tokens.forms import ServiceTokenForm
from craftpath.delivery.web.tokens.showing import shown
from craftpath.kernel.clients import (
    clients_at,
    make_service_client,
    rename_client,
    revoke_client,
    roles_to_give,
)
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ORGANISATION)
@sensitive_variables()
def listing(request: Request, organisation: str) -> HttpResponse:
    """All of them, those of places below too; by POST one more for this organisation, whose secret is shown once."""
    form = ServiceTokenForm(roles_to_give(request.actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            asked = form.asked(request.at)
            made = make_service_client(request.organisation, **asked, by=request.actor, at=request.at)
            crumbs = [step(request, _("Tokens"), "tokens:list"), here(made.client.name)]
            return render(request, "tokens/made.html", {"made": made, "own": False, "crumbs": crumbs})
    rows = shown(clients_at(request.organisation), request.at)
    context = {
        "service": [row for row in rows if row.client.is_service],
        "personal": [row for row in rows if not row.client.is_service],
        "form": form,
        "tabs": tabs(request, "tokens:list"),
    }
    return render(request, "tokens/list.html", context, status=422 if form.is_bound else 200)


@require_POST
def change(request: Request, organisation: str, client: str) -> HttpResponse:
    """Revoke one, or call it otherwise; 404 for one of elsewhere."""
    found = get_object_or_404(clients_at(request.organisation), public_id=plain_id(client))
    require(request.actor.may(Permission.RUN_ORGANISATION))
    if request.POST.get("do") == "revoke":
        revoke_client(found, by=request.actor, at=request.at)
        messages.success(request, _("Revoked. Whatever used it is refused from now on."))
    elif request.POST.get("do") == "rename":
        rename_client(found, plain_words(request, "name"), by=request.actor, at=request.at)
        messages.success(request, _("Renamed."))
    return redirect("tokens:list", organisation)
