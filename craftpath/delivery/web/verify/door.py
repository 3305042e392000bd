"""Pages for whoever doubts a certificate know nobody: the session is not even read.

So no expired one asks to sign in, no first password stands before the page, nothing is looked up for it, and whoever
keeps copies may give the same page to everybody who reads the same language.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]


def knows_nobody(path: str) -> bool:
    """Certificates, their lists and the issuers' keys; papers are for their holders."""
    if path.startswith("/c/"):
        return not path.endswith("/paper.pdf")
    return path.endswith("/did.json") and path.startswith(("/at/", "/.well-known/"))


def without_account(get_response: Next) -> Next:
    """Stand before the session and leave it aside."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not knows_nobody(request.path_info):
            return get_response(request)
        for name in (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
            request.COOKIES.pop(name, None)
        response = get_response(request)
        if "max-age" in response.headers.get("Cache-Control", ""):
            response.headers["Vary"] = "Accept-Language"
        return response

    return answer
