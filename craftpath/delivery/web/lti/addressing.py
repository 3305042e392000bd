"""Where the doors of LTI lie, as others read them, and by which name this site signs."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def issuer(request: HttpRequest) -> str:
    """The site's public address; while nobody has said it, the one that was asked just now."""
    named = not (urlsplit(settings.ADDRESS).hostname or "").endswith(".invalid")
    return settings.ADDRESS if named else request.build_absolute_uri("/").rstrip("/")


def at(request: HttpRequest, page: str, *ids: str) -> str:
    """The whole address of a page."""
    return issuer(request) + reverse(page, args=ids)


def services(request: HttpRequest, context: str) -> dict[str, str]:
    """Where a tool asks for the grades and the people of a course."""
    return {"items": at(request, "lti:items", context), "members": at(request, "lti:members", context)}


def origin(address: str) -> str:
    """Scheme and host of an address, as a content policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
