"""Ways to sign in of an organisation: the list, and one with its groups and what they would change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.hooks.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.delivery.web.signon.forms import (
    KIND_NOTES,
    KINDS,
    MeaningsForm,
    ProviderForm,
    TryForm,
    certificate_ends,
)
from craftpath.kernel.directory.groups import roles_to_mean
from craftpath.kernel.roles import Permission, Role
from craftpath.kernel.sign_on.keeping import (
    add_provider,
    change_provider,
    groups_preview,
    keep_meanings,
    let_groups_count,
    meanings,
    providers,
    roles_of,
    switch_provider,
)
from craftpath.kernel.sign_ons import Kind, SignOnProvider
from craftpath.values.verdict import require

NAMED = 200  # people of a preview on a page


def _provider(request: Request, public_id: str) -> SignOnProvider:
    """One of this organisation, 404 for any other; then whether the reader may."""
    found: SignOnProvider = get_object_or_404(providers(request.organisation), public_id=plain_id(public_id))
    require(request.actor.may(Permission.RUN_ORGANISATION))
    return found


def _named(roles: list[Role]) -> str:
    return "、".join(str(ROLE_NAMES[role]) for role in roles)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ORGANISATION)
@sensitive_variables()
def listing(request: Request, organisation: str) -> HttpResponse:
    """All of them; by POST one more, which is off."""
    chosen = request.GET.get("kind", "")
    form = None
    if request.method == "POST":
        form = ProviderForm(request.POST, fresh=True)
    elif chosen in Kind.values:
        form = ProviderForm(initial={"kind": chosen}, fresh=True)
    if request.method == "POST" and form is not None and form.is_valid():
        with refusals_in(form):
            row = add_provider(request.organisation, form.said(), by=request.actor, at=request.at)
            messages.success(request, _("Entered. It is off until you switch it on."))
            return redirect("signons:provider", organisation, row.public_id)
    rows = [(row, KINDS[Kind(row.kind)]) for row in providers(request.organisation)]
    kinds = [(kind.value, name, KIND_NOTES[kind]) for kind, name in KINDS.items()]
    named = (
        {kind.value: name for kind, name in KINDS.items()}.get(str(form["kind"].value()), "")
        if form is not None
        else ""
    )
    context = {
        "rows": rows,
        "form": form,
        "kinds": kinds,
        "named": named,
        "tabs": tabs(request, "signons:list"),
    }
    return render(request, "signon/list.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def provider_page(request: Request, organisation: str, provider: str) -> HttpResponse:
    """One of them; by POST it is changed. With `groups` which roles somebody with these would get."""
    found = _provider(request, provider)
    form = ProviderForm(request.POST) if request.method == "POST" else ProviderForm.of(found)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            change_provider(found, form.said(), by=request.actor, at=request.at)
            messages.success(request, _("Changed."))
            return redirect("signons:provider", organisation, found.public_id)
    return _page(request, found, form=form, status=422 if form.is_bound else 200)


def _page(
    request: Request,
    found: SignOnProvider,
    *,
    form: ProviderForm | None = None,
    lines: MeaningsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    known = meanings(found)
    typed = "\n".join(f"{group} = {ROLE_NAMES[Role(role)]}" for group, role in known.items())
    roles = roles_to_mean(request.actor, request.organisation)
    trying = TryForm(request.GET) if "groups" in request.GET else TryForm()
    tried: list[tuple[str, str]] | None = None
    if trying.is_bound and trying.is_valid():
        meant = roles_of(found, trying.asked())
        tried = [
            (group, str(ROLE_NAMES[Role(meant[group])]) if group in meant else "") for group in trying.asked()
        ]
    seen = groups_preview(found, request.at)
    context: dict[str, Any] = {
        "one": found,
        "kind": KINDS[Kind(found.kind)],
        "back": request.build_absolute_uri(
            reverse("signon:consume" if found.kind == Kind.SAML else "signon:back", args=[found.public_id])
        ),
        "metadata": request.build_absolute_uri(reverse("signon:metadata", args=[found.public_id]))
        if found.kind == Kind.SAML
        else "",
        "ends": certificate_ends(found.certificate),
        "form": form or ProviderForm.of(found),
        "lines": lines or MeaningsForm(roles, initial={"lines": typed}),
        "known": known,
        "trying": trying,
        "tried": tried,
        "seen": seen,
        "changes": [(person, _named(comes), _named(goes)) for person, comes, goes in seen.changes[:NAMED]],
        "crumbs": [step(request, _("Sign-in"), "signons:list"), here(found.name)],
    }
    return render(request, "signon/provider.html", context, status=status)


@require_POST
def switch(request: Request, organisation: str, provider: str) -> HttpResponse:
    """Switch it on or off, or remove it."""
    found = _provider(request, provider)
    said = {
        "on": _("On. The button stands on the sign-in page from now on."),
        "off": _("Switched off. Passwords serve as before."),
        "removed": _("Removed. Passwords serve as before."),
    }
    state = request.POST.get("state", "")
    if state in said:
        switch_provider(found, state, by=request.actor, at=request.at)
        messages.success(request, said[state])
    if state == "removed":
        return redirect("signons:list", organisation)
    return redirect("signons:provider", organisation, found.public_id)


@require_POST
def groups(request: Request, organisation: str, provider: str) -> HttpResponse:
    """Say what groups mean; they count only once somebody has looked at what would change."""
    found = _provider(request, provider)
    lines = MeaningsForm(roles_to_mean(request.actor, request.organisation), request.POST)
    if lines.is_valid():
        with refusals_in(lines):
            keep_meanings(found, lines.cleaned_data["lines"], by=request.actor, at=request.at)
            messages.success(request, _("Kept. Look at what would change, then let the groups count."))
            return redirect("signons:provider", organisation, found.public_id)
    return _page(request, found, lines=lines, status=422)


@require_POST
def count(request: Request, organisation: str, provider: str) -> HttpResponse:
    """Let groups count as it was looked at, or no longer."""
    found = _provider(request, provider)
    on = request.POST.get("state") == "on"
    let_groups_count(found, on=on, seen=request.POST.get("seen", ""), by=request.actor, at=request.at)
    said = _("Groups count at each sign-in from now on.") if on else _("Groups count no longer; roles stay.")
    messages.success(request, said)
    return redirect("signons:provider", organisation, found.public_id)
