"""The link itself: the code once, then the device is trusted until the link runs out."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.light.watching import LIGHT
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.access import Actor
from craftpath.kernel.links import Purpose, SignedLink, can_use, link_of, try_code
from craftpath.kernel.roles import Role
from craftpath.kernel.signin import open_memberships
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Verdict, may_not

WHY = "a link is found by its secret, before there is a reader to look for"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request, token: str) -> HttpResponse:
    """Ask for the code; with it, the device works as this mentor, for logs only."""
    limited = ratelimit.consume_or_429(request, action="link", limit_get=True)
    if limited:
        return limited
    with everywhere(WHY):
        found = link_of(token)
        if found is None or found.purpose != Purpose.CONFIRM or found.person is None:
            return _refused(request, may_not("kernel.link_unknown"))
        verdict = can_use(found, request.at)
        if not verdict:
            return _refused(request, verdict)
        if request.method != "POST":
            if request.session.get(LIGHT) == found.public_id and request.user == found.person:
                return _inside(request, found)
            return render(request, "light/enter.html", {"link": found})
        by = Actor(organisation=found.organisation)
        verdict = try_code(found, request.POST.get("code", ""), by=by, at=request.at)
    if verdict:
        login(request, found.person, backend=BACKEND)
        request.session[LIGHT] = found.public_id
        request.session.set_expiry(found.expires_at - request.at)
        return _inside(request, found)
    if verdict.reason != "kernel.link_code_wrong":
        return _refused(request, verdict)
    shown = {"link": found, "wrong": sentence(verdict)}
    return render(request, "light/enter.html", shown, status=422)


def _inside(request: Request, link: SignedLink) -> HttpResponse:
    """To the mentor's week, at the place where the mentor works."""
    places = open_memberships(request.today).filter(person=link.person, role=Role.MENTOR.value)
    first = places.order_by("pk").first()
    if first is None:
        return _refused(request, may_not("kernel.light_no_place"))
    return redirect("logbook:team", first.organisation.key)


def _refused(request: Request, verdict: Verdict) -> HttpResponse:
    page = {"reason": sentence(verdict)}
    return render(request, "signing/dead.html", page, status=403 if verdict.who else 409)
