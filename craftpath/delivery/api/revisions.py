"""`ETag` and `If-Match`: what changed since it was read is not changed blindly."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags


class ChangedSince(Exception):  # noqa: N818  (an answer to the caller, not a fault)
    """Another revision stands than the one that the caller read."""

    def __init__(self, revision: int) -> None:
        self.revision = revision


def tag(response: HttpResponse, revision: int) -> None:
    """Say which revision an answer shows."""
    response.headers["ETag"] = f'"{revision}"'


def match(request: HttpRequest, revision: int) -> None:
    """Hold what the caller read against what stands; no `If-Match` asks for nothing, and `*` for anything."""
    wanted = request.headers.get("If-Match")
    if wanted is None or wanted.strip() == "*":
        return
    if f'"{revision}"' not in parse_etags(wanted):
        raise ChangedSince(revision)
