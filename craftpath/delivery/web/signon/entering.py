"""The way there and back: a state that serves once and only the browser that asked, then whoever is vouched for."""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    raise_if_reauthentication_required,
)
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.signon import chinese, oidc, saml
from craftpath.delivery.web.signon.speaking import Unfit
from craftpath.kernel.access import Actor, system
from craftpath.kernel.people import Person
from craftpath.kernel.sign_on.entering import Entered, Vouched, enter
from craftpath.kernel.sign_on.keeping import serving
from craftpath.kernel.sign_on.linking import end_link, linkable, own_links
from craftpath.kernel.sign_ons import LONGEST_ADDRESS, Kind, SignOnProvider
from craftpath.values.verdict import Refused, may_not, not_now

KEPT = "sign_on"  # where the session keeps what it asked for
TICKET = 120  # seconds between a form and the page behind it
MOST_OPEN = 5  # tabs that wait at once
MOST_SHOWN = 60  # ways on one page
FEW = 8  # from which on there is a field to search
MOST_CODE = 4096  # characters of a code
LIFE = 15 * 60  # seconds that a state serves
log = logging.getLogger("craftpath.sign_on")


def _provider(public_id: str) -> SignOnProvider:
    found = serving().filter(public_id=plain_id(public_id)).first()
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, provider: SignOnProvider) -> str:
    return request.build_absolute_uri(reverse("signon:back", args=[provider.public_id]))


def _refused(
    request: HttpRequest, provider: SignOnProvider, refused: Refused, status: int = 403
) -> HttpResponse:
    page = {"provider": provider.name, "reason": sentence(refused.verdict)}
    return render(request, "accounts/sign_on_refused.html", page, status=status)


@login_not_required
@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """All organisations that have a way of their own, by name; the names are public.

    Whoever is signed in sees those of one's own organisations, to link, and what is linked: behind the password.
    """
    if isinstance(request.user, Person):
        raise_if_reauthentication_required(request, app="allauth.mfa")
        day = timezone.localtime(request.at).date()  # type: ignore[attr-defined]
        links = list(own_links(request.user))
        linked = {link.provider_id for link in links}
        found = [row for row in linkable(request.user, day) if row.pk not in linked]
        return render(request, "signon/linking.html", {"providers": found, "links": links})
    asked = request.GET.get("q", "").replace("\0", "").strip()[:80]
    rows = list(serving(asked)[: MOST_SHOWN + 1])
    searching = bool(asked) or len(rows) > FEW
    page = {
        "providers": rows[:MOST_SHOWN],
        "more": len(rows) > MOST_SHOWN,
        "asked": asked,
        "searching": searching,
    }
    return render(request, "signon/choose.html", page)


@never_cache
@require_POST
def unlink(request: Request, provider: str) -> HttpResponse:
    """End the link to one's own account there."""
    link = own_links(request.user).filter(provider__public_id=plain_id(provider)).first()
    if link is None:
        raise Http404
    if is_reauthentication_required(request, app="allauth.mfa"):
        return redirect("signon:choose")
    end_link(link, by=Actor(organisation=None, person=request.user), at=request.at)
    messages.success(request, _("The link is ended. That account signs you in no longer."))
    return redirect("signon:choose")


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest, provider: str) -> HttpResponse:
    """Go there. A page that moves on, not a redirect: the policy for forms allows none to another site.

    Whoever is signed in links the account there to the one here.
    """
    limited = ratelimit.consume_or_429(request, action="sign_on")
    if limited:
        return limited
    found = _provider(provider)
    if isinstance(request.user, Person) and is_reauthentication_required(request, app="allauth.mfa"):
        return redirect(
            "signon:choose"
        )  # a link opens the account for good, so it is made behind the password
    kept = {
        "provider": found.public_id,
        "state": secrets.token_urlsafe(24),
        "nonce": secrets.token_urlsafe(24),
        "verifier": secrets.token_urlsafe(48),
        "at": str(int(request.at.timestamp())),  # type: ignore[attr-defined]
        "person": request.user.public_id if isinstance(request.user, Person) else "",
    }
    try:
        there = _there(request, found, kept)
    except (Refused, Unfit) as fault:
        log.warning("%s: %s", found.public_id, fault)
        return _refused(request, found, Refused(not_now("kernel.sign_on_silent")), status=502)
    waiting = list(request.session.get(KEPT, []))[-(MOST_OPEN - 1) :]
    request.session[KEPT] = [*waiting, kept]
    return render(request, "accounts/sign_on.html", {"to": there, "provider": found.name})


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from there: who it is, as one of our people, or a sentence why not."""
    limited = ratelimit.consume_or_429(request, action="sign_on", limit_get=True)
    if limited:
        return limited
    found = _provider(provider)
    kept = _taken(request, found)
    if kept is None:
        return _refused(request, found, Refused(may_not("kernel.sign_on_unfit")))
    if request.GET.get("error"):
        stopped = request.GET["error"] == "access_denied"
        return _refused(
            request, found, Refused(may_not("kernel.sign_on_stopped" if stopped else "kernel.sign_on_unfit"))
        )
    code = (request.GET.get("code") or request.GET.get("authCode") or "")[:MOST_CODE]
    try:
        said = _said(request, found, kept, code)
    except Unfit as fault:
        log.warning("%s: %s", found.public_id, fault)
        return _refused(request, found, Refused(may_not(fault.reason)))
    except Refused as fault:
        log.warning("%s: %s", found.public_id, fault)
        return _refused(request, found, Refused(not_now("kernel.sign_on_silent")), status=502)
    itself = _itself(request, kept)
    try:
        entered = enter(found, said, itself=itself, by=_by(found, itself), at=request.at)  # type: ignore[attr-defined]
    except Refused as refused:
        return _refused(request, found, refused)
    return _led(request, entered, itself)


def _there(request: HttpRequest, provider: SignOnProvider, kept: dict[str, str]) -> str:
    """Where the browser goes."""
    if provider.kind == Kind.SAML:
        at = request.at  # type: ignore[attr-defined]
        return saml.way_there(provider, _acs(request, provider), _entity(request, provider), kept, at)
    speaks = oidc if provider.kind == Kind.OIDC else chinese
    return speaks.way_there(provider, _back(request, provider), kept)


def _said(request: HttpRequest, provider: SignOnProvider, kept: dict[str, Any], code: str) -> Vouched:
    """Whom it vouches for; what came by a form was read there and waits under a ticket."""
    if provider.kind != Kind.SAML and not code:
        raise Unfit("no code")
    if provider.kind == Kind.OIDC:
        issuer = request.GET.get("iss", "")[:LONGEST_ADDRESS]
        return oidc.vouched(provider, _back(request, provider), kept, code, issuer)
    if provider.kind != Kind.SAML:
        return chinese.vouched(provider, code)
    ticket = request.GET.get("ticket", "")[:64]
    waiting = cache.get(f"{KEPT}:{ticket}") if ticket else None
    cache.delete(f"{KEPT}:{ticket}")
    if waiting is None or waiting["state"] != kept["state"] or waiting["provider"] != provider.public_id:
        raise Unfit("no ticket")
    return Vouched(**waiting["said"])


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def consume(request: HttpRequest, provider: str) -> HttpResponse:
    """The form that another site lets the browser send: it comes without the session, so it is read and waits a moment.

    What is believed is the signature. The state is looked at where the session is there again.
    """
    limited = ratelimit.consume_or_429(request, action="sign_on")
    if limited:
        return limited
    found = _provider(provider)
    state = request.POST.get("RelayState", "")[:64]
    try:
        if found.kind != Kind.SAML or not state:
            raise Unfit("no question")
        back, entity = _acs(request, found), _entity(request, found)
        said = saml.vouched(found, request.POST.get("SAMLResponse", ""), back, entity, state, request.at)  # type: ignore[attr-defined]
    except Unfit as fault:
        log.warning("%s: %s", found.public_id, fault)
        return _refused(request, found, Refused(may_not(fault.reason)))
    ticket = secrets.token_urlsafe(24)
    cache.set(f"{KEPT}:{ticket}", {"provider": found.public_id, "state": state, "said": asdict(said)}, TICKET)
    return redirect(
        f"{reverse('signon:back', args=[found.public_id])}?{urlencode({'state': state, 'ticket': ticket})}"
    )


@login_not_required
@require_safe
def metadata(request: HttpRequest, provider: str) -> HttpResponse:
    """What the other side of SAML is to know of this site."""
    found = _provider_of_saml(provider)
    content = saml.described(_acs(request, found), _entity(request, found))
    return HttpResponse(content, content_type="application/samlmetadata+xml")


def _provider_of_saml(public_id: str) -> SignOnProvider:
    """Also one that is off: the other side is asked for first."""
    found = SignOnProvider._base_manager.filter(
        public_id=plain_id(public_id), kind=Kind.SAML, removed_at=None
    ).first()
    if found is None:
        raise Http404
    return found


def _acs(request: HttpRequest, provider: SignOnProvider) -> str:
    return request.build_absolute_uri(reverse("signon:consume", args=[provider.public_id]))


def _entity(request: HttpRequest, provider: SignOnProvider) -> str:
    return request.build_absolute_uri(reverse("signon:metadata", args=[provider.public_id]))


def _taken(request: HttpRequest, provider: SignOnProvider) -> dict[str, Any] | None:
    """What this browser asked for under this state; it is forgotten with that, so it serves once."""
    state = request.GET.get("state", "")
    waiting = list(request.session.get(KEPT, []))
    now = int(request.at.timestamp())  # type: ignore[attr-defined]
    for one in waiting:
        if state and constant_time_compare(one["state"], state):
            request.session[KEPT] = [other for other in waiting if other is not one]
            fits = one["provider"] == provider.public_id and now - int(one["at"]) <= LIFE
            return dict(one) if fits else None
    return None


def _itself(request: HttpRequest, kept: dict[str, Any]) -> Person | None:
    """Whoever is signed in and pressed the button that links; nobody where that was somebody else."""
    user = request.user
    return user if isinstance(user, Person) and kept["person"] == user.public_id else None


def _by(provider: SignOnProvider, itself: Person | None) -> Actor:
    return (
        Actor(organisation=provider.organisation, person=itself) if itself else system(provider.organisation)
    )


def _led(request: HttpRequest, entered: Entered, itself: Person | None) -> HttpResponse:
    if entered.person is None:
        return redirect("accounts:invitation", entered.invitation)
    if itself is not None:
        messages.success(request, _("Linked. From now on you can sign in with that account too."))
        return redirect("signon:choose")
    try:
        answer: HttpResponse = perform_login(request, entered.person, email_verification="none")
    except ImmediateHttpResponse as other:
        answer = other.response
    if request.user.is_authenticated:
        request.session.set_expiry(0)
    return answer
