"""One's own tokens: the list, a new one (shown once), another name, the end."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    raise_if_reauthentication_required,
)
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.tokens.forms import OwnTokenForm
from craftpath.delivery.web.tokens.showing import shown
from craftpath.kernel.access import Actor, memberships_on
from craftpath.kernel.clients import make_own_client, own_clients, rename_client, revoke_client
from craftpath.kernel.organisations import Organisation


def _places(request: Request) -> list[Organisation]:
    held = memberships_on(request.today).filter(person=request.user).order_by("organisation__path")
    return list({row.organisation.pk: row.organisation for row in held}.values())


def _self(request: Request) -> Actor:
    return Actor(organisation=None, person=request.user)


@never_cache
@require_safe
def tokens(request: Request) -> HttpResponse:
    """All of one's own, those that ended too."""
    rows = shown(own_clients(request.user), request.at)
    return render(request, "tokens/own.html", {"rows": rows, "places": bool(_places(request))})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def new(request: Request) -> HttpResponse:
    """Make one; its secret stands on the page that follows, and nowhere else. It asks for the password first."""
    if request.method == "POST" and is_reauthentication_required(request, app="allauth.mfa"):
        return redirect(
            "accounts:new_token"
        )  # what was typed too long ago is typed again, behind the password
    raise_if_reauthentication_required(request, app="allauth.mfa")
    form = OwnTokenForm(_places(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            place = form.cleaned_data["place"]
            made = make_own_client(place, **form.asked(request.at), by=_self(request), at=request.at)
            return render(request, "tokens/made.html", {"made": made, "own": True})
    return render(request, "tokens/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def change(request: Request, client: str) -> HttpResponse:
    """Revoke one, or call it otherwise."""
    found = own_clients(request.user).filter(public_id=plain_id(client)).first()
    if found is None:
        raise Http404
    if request.POST.get("do") == "revoke":
        revoke_client(found, by=_self(request), at=request.at)
        messages.success(request, _("Revoked. Whatever used it is refused from now on."))
    elif request.POST.get("do") == "rename":
        rename_client(found, plain_words(request, "name"), by=_self(request), at=request.at)
        messages.success(request, _("Renamed."))
    return redirect("accounts:tokens")
