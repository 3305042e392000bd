"""Where programs come in by a token: no session, no cookie, and `request.admitted` says who it is.

It stands before the session, and what lies behind it is a short way of its own (`PROGRAM_MIDDLEWARE`): nothing of a
browser is looked at, no page is framed. It stands outside of what only reads, since the use of a token is noted; what
an answer wants noted of its having been read, it leaves in `request.afterwards`. Which room asks for which scope is
that room's own.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from craftpath.delivery.exchange import problems
from craftpath.delivery.exchange.budgets import spend
from craftpath.domain.packages.speaking import session_of
from craftpath.kernel.clients import Admitted, authenticate
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.values.verdict import Refused

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
    """Find out who comes, and lead whoever comes to a room for programs there by the short way."""
    rooms = _Rooms().answer

    def answer(request: HttpRequest) -> HttpResponse:
        if not for_programs(request.path_info):
            return get_response(request)
        request.get_host()  # a name that is not this site's is refused, as on pages
        if "\0" in request.path_info:  # no id holds it, and PostgreSQL refuses to look for it
            raise Http404
        for name in (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
            request.COOKIES.pop(name, None)
        found = admit(request, request.headers.get("Authorization", ""))
        if found is None:
            response = rooms(request)
            for act in getattr(request, "afterwards", ()):
                act()
            return response
        if request.path_info.startswith(COUNTED):
            request.budget = spend(found.client, timezone.now())  # type: ignore[attr-defined]
        with looking_for(scope_of(found)):
            return rooms(request)

    return answer


class _Rooms(BaseHandler):
    """From the door to the view: only what a program needs, and no view that does not ask by itself who comes."""

    def __init__(self) -> None:
        chain: Any = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]
        for name in reversed(settings.PROGRAM_MIDDLEWARE):
            chain = convert_exception_to_response(import_string(name)(chain))
        self.answer: Next = chain
        self._view_middleware = [_asks_itself]
        self._template_response_middleware: list[Any] = []
        self._exception_middleware = [_refused]


def _asks_itself(
    request: HttpRequest, view: Callable[..., Any], args: Any, values: Any
) -> HttpResponse | None:
    """Pages ask for an account unless they say otherwise; here nothing else asks, so each view must say so."""
    if not getattr(view, "login_required", True):
        return None
    return problems.problem(401, "api.token_missing")


def _refused(request: HttpRequest, fault: Exception) -> HttpResponse | None:
    return problems.refusal(fault.verdict) if isinstance(fault, Refused) else None


def spoken(get_response: Next) -> Next:
    """The language that a program asks for, the site's time zone, and what stands in the head of each answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language), timezone.override(zoneinfo.ZoneInfo(settings.TIME_ZONE)):
            request.LANGUAGE_CODE = language
            request.today = timezone.localdate(request.at)  # type: ignore[attr-defined]
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if not response.streaming and "Content-Length" not in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
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
