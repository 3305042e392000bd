"""Answers that are files: always as a download, never shown by the browser as a page of ours."""

from __future__ import annotations

from typing import BinaryIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from craftpath.kernel.exhibits import INLINE, SUFFIXES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"  # as `exchange.writing` makes it; somebody else's may be written otherwise


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to save, under this name, whatever its bytes look like."""
    response = HttpResponse(content, content_type=content_type)
    _to_save(response, name)
    return response


def shown_or_saved(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A photo or a video to look at, anything else to save; `name` is without its suffix."""
    if media_type not in INLINE:
        return attachment(content, f"{name}.{SUFFIXES.get(media_type, 'bin')}", media_type)
    response = HttpResponse(content, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def streamed(stream: BinaryIO, size: int, name: str, content_type: str) -> FileResponse:
    """The same of a large file, which is read while it goes out; the answer closes it."""
    response = FileResponse(stream, content_type=content_type)
    response.headers["Content-Length"] = str(size)
    _to_save(response, name)
    return response


def _to_save(response: HttpResponseBase, name: str) -> None:
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
