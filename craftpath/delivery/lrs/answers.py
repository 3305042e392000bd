"""What answers have in common: JSON with an ETag, and when something was last changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import http_date

from craftpath.domain.activity.documents import etag_of
from craftpath.engines.xapi.reading import write


def nothing() -> HttpResponse:
    """Done, and nothing more to say."""
    return HttpResponse(status=204)


def content(
    told: bytes, content_type: str = "application/json", changed: datetime | None = None
) -> HttpResponse:
    """This content, with its hash and when it was last changed."""
    answer = HttpResponse(told, content_type=content_type)
    answer["ETag"] = f'"{etag_of(told)}"'
    if changed is not None:
        answer["Last-Modified"] = http_date(changed.timestamp())
    return answer


def said(value: Any, changed: datetime | None = None) -> HttpResponse:
    """A value as JSON."""
    return content(write(value), changed=changed)
