"""Where programs come in by a token: no session, no cookie, and `request.admitted` says who it is.

It stands before the session, so that nothing of a browser is looked at, and outside of what only reads, since the use
of a token is noted. Which room asks for which scope is that room's own.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from craftpath.kernel.clients import Admitted, authenticate

Next = Callable[[HttpRequest], HttpResponse]
PATHS = ("/api/", "/xapi/")
"""What begins so is for programs only."""
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
            admit(request, request.headers.get("Authorization", ""))
        return get_response(request)

    return answer


def admit(request: HttpRequest, header: str) -> Admitted | None:
    """Put `admitted` and, where nobody is, `not_admitted` (why) to a request; also for a header that came otherwise.

    Wrong tokens are counted by the address that they come from; whoever sends too many is told so.
    """
    found = authenticate(header, timezone.now()) if header else None
    why = "" if found is not None else WRONG if header else MISSING
    if why == WRONG and not ratelimit.consume(request, action="token"):
        why = TOO_OFTEN
    request.admitted, request.not_admitted = found, why  # type: ignore[attr-defined]
    return found
