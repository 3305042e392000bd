"""The door behind every link: whether it serves, and the code that was told by another way.

Whoever has the link alone, as after it was forwarded, reads nothing of what is behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.access import Actor
from craftpath.kernel.links import Purpose, SignedLink, can_use, link_of, try_code
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Verdict, may_not

OPENED = "opened_links"
WHY = "a link is found by its secret, before there is a reader to look for"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page that asks for the code says, and what its button does."""

    title: str
    what: str
    button: str
    remark: str = ""


def behind_link(purpose: Purpose, *, reads: bool = False) -> Callable[[View], Callable[..., HttpResponse]]:
    """A page for whoever has a link for this purpose; anything else that is typed for one is refused alike.

    The view takes the request, the token, the link, and by name whatever else the address holds.
    """

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @login_not_required
        @never_cache
        @sensitive_variables("token")
        @sensitive_post_parameters("code")
        @require_http_methods(["GET", "HEAD"] if reads else ["GET", "HEAD", "POST"])
        @wraps(view)
        def answer(request: Request, token: str, **more: str) -> HttpResponse:
            limited = ratelimit.consume_or_429(request, action="link", limit_get=True)
            if limited:
                return limited
            with everywhere(WHY):
                found = link_of(token)
                if found is None or found.purpose != purpose:
                    return refused(request, may_not("kernel.link_unknown"))
                return view(request, token, found, **more)

        return answer

    return wrap


def ask_code(request: Request, found: SignedLink, words: Asking) -> HttpResponse | None:
    """None where the right code was typed just now; else the page that asks for it, or says that the link is dead."""
    verdict = can_use(found, request.at)
    wrong = ""
    if verdict and request.method == "POST":
        by = Actor(organisation=found.organisation)
        verdict = try_code(found, request.POST.get("code", ""), by=by, at=request.at)
        if verdict:
            return None
        if verdict.reason == "kernel.link_code_wrong":
            wrong = sentence(verdict)
    if not verdict and not wrong:
        return refused(request, verdict)
    shown = {"link": found, "words": words, "wrong": wrong}
    return render(request, "links/code.html", shown, status=422 if wrong else 200)


def was_opened(request: Request, found: SignedLink) -> bool:
    """Whether this browser has shown the code of this link, and of no other, before."""
    return found.public_id in request.session.get(OPENED, [])


def note_opened(request: Request, found: SignedLink) -> None:
    """Remember it, for as long as the link serves."""
    request.session[OPENED] = [*request.session.get(OPENED, []), found.public_id]


def refused(request: Request, verdict: Verdict) -> HttpResponse:
    """The page of a link that does not serve: why, and nothing of what was behind it."""
    page = {"reason": sentence(verdict)}
    return render(request, "links/dead.html", page, status=403 if verdict.who else 409)
