"""A page of an organisation is read from a replica, if there is one that is close enough and has what its reader wrote.

Whoever has just changed something carries in a cookie how far the primary had written then, and reads from the primary
until a replica has come as far. The cookie goes when every replica that may be read from is sure to have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from craftpath.delivery.web.shell.middleware import SAFE, WRITES_ON_GET
from craftpath.kernel import replicas

COOKIE = "written"
KEPT = 60  # seconds, and longer where replicas may lag longer
_PLACE = re.compile(r"[0-9a-f]{1,16}")


class NearReads:
    """Middleware around the view alone: who asks and what they may see has been asked of the primary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, from a replica if one will do."""
        if not replicas.names():
            return self.get_response(request)
        if request.method not in SAFE or WRITES_ON_GET.fullmatch(request.path_info):
            return _noted(self.get_response(request))
        if not hasattr(request, "actor"):  # links and public pages end at once when their giver ends them
            return self.get_response(request)
        alias = replicas.watch().choose(_place_of(request))
        if alias is None:
            return self.get_response(request)
        with replicas.reading_from(alias):
            response = self.get_response(request)
        if getattr(request, "replica_failed", False):
            replicas.watch().leave_aside(alias)
            return self.get_response(request)  # it only reads, so it can be asked again
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A replica that fails in the middle of a page: the page is made once more from the primary."""
        if replicas.current() is None or not isinstance(fault, OperationalError | InterfaceError):
            return None
        request.replica_failed = True  # type: ignore[attr-defined]
        return HttpResponse(status=503)  # nobody sees it


def _place_of(request: HttpRequest) -> int:
    said = request.COOKIES.get(COOKIE, "")
    return int(said, 16) if _PLACE.fullmatch(said) else -1


def _noted(response: HttpResponse) -> HttpResponse:
    place = replicas.position(replicas.written())
    response.set_cookie(
        COOKIE,
        f"{place or 0:x}",
        max_age=max(KEPT, 4 * settings.REPLICA_LAG),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
