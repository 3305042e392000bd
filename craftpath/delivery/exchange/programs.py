"""Where programs come in by a token: no session, no cookie, and `request.admitted` says who it is.

It stands before the session, so that nothing of a browser is looked at, and outside of what only reads, since the use
of a token is noted; what an answer wants noted of its having been read, it leaves in `request.afterwards`. Which room
asks for which scope is that room's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from craftpath.delivery.exchange.budgets import spend
from craftpath.domain.packages.speaking import session_of
from craftpath.kernel.clients import Admitted, authenticate
from craftpath.kernel.tenancy import Scope, looking_for

Next = Callable[[HttpRequest], HttpResponse]
PATHS = ("/api/", "/xapi/", "/ims/", "/scim/")
"""What begins so is for programs only."""
COUNTED = ("/api/", "/ims/", "/scim/")
"""Where a token may send only so many requests a minute."""
UNITS = "/xapi/"
"""Where the token of a session in a cmi5 unit counts as well; `request.speaks` is that session then."""
MISSING, WRONG, TOO_OFTEN = "missing", "wrong", "too_often"


def for_programs(path: str) -> bool:
    """Whether an address is one of a room for programs."""
    return path.startswith(PATHS)


def programs(get_response: Next) -> Next:
    """Leave cookies aside and find out who comes."""

    def answer(request: HttpRequest) -> HttpResponse:
        if for_programs(request.path_info):
            for name in (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
                request.COOKIES.pop(name, None)
            found = admit(request, request.headers.get("Authorization", ""))
            if found is not None:
                if request.path_info.startswith(COUNTED):
                    request.budget = spend(found.client, timezone.now())  # type: ignore[attr-defined]
                with looking_for(scope_of(found)):
                    return get_response(request)
        response = get_response(request)
        for act in getattr(request, "afterwards", ()):
            act()
        return response

    return answer


def scope_of(found: Admitted) -> Scope:
    """Which rows exist for whoever has come in."""
    scope, place = found.actor.scope, found.client.organisation
    return replace(scope, only=place.pk) if scope.path and place.is_leaf() else scope


def admit(request: HttpRequest, header: str) -> Admitted | None:
    """Put `admitted` and, where nobody is, `not_admitted` (why) to a request; also for a header that came otherwise.

    Wrong tokens are counted by the address that they come from; whoever sends too many is told so.
    """
    found = authenticate(header, timezone.now()) if header else None
    if found is None and header and request.path_info.startswith(UNITS):
        request.speaks = session_of(header)  # type: ignore[attr-defined]
        if request.speaks is not None:  # type: ignore[attr-defined]
            header = ""  # no token of a program, and no wrong one either
    why = "" if found is not None else WRONG if header else MISSING
    if why == WRONG and not _counted(request):
        why = TOO_OFTEN
    request.admitted, request.not_admitted = found, why  # type: ignore[attr-defined]
    return found


def _counted(request: HttpRequest) -> bool:
    """Count a wrong token; whether it was still within the limit."""
    return bool(ratelimit.consume(request, app="allauth.account", action="token", limit_get=True) is not None)
