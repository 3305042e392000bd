"""Answers that are files: always as a download, never shown by the browser as a page of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from craftpath.kernel.exhibits import INLINE, SUFFIXES

if TYPE_CHECKING:
    from craftpath.kernel.files import KeptFile

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


_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
AT_ONCE = 2**20
"""Bytes of one answer to a player that asks for a part: it asks again for the next one."""


WHOLE = 8 * 2**20
"""Bytes up to which a file is read at once; a larger one is read while it goes out."""


def played(request: HttpRequest, kept: KeptFile, media_type: str) -> HttpResponseBase:
    """A picture, a recording or a video in the page: whole, or the part that a player asks for, so that it can jump.

    Nothing is kept by the browser, since whoever is seen or heard may take it back at any time.
    """
    part = wanted(request.headers.get("Range", ""), kept.size)
    start, end = part or (0, kept.size - 1)
    response: HttpResponseBase
    if part is None and kept.size > WHOLE:
        response = FileResponse(kept.opened(), content_type=media_type)
        response.headers["Content-Length"] = str(kept.size)
    elif part is None:
        response = HttpResponse(kept.bytes(), content_type=media_type)
    elif start > end:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{kept.size}"})
    else:
        with kept.opened() as stream:
            stream.seek(start)
            content = stream.read(end - start + 1)
        response = HttpResponse(content, content_type=media_type, status=206)
        response.headers["Content-Range"] = f"bytes {start}-{end}/{kept.size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def wanted(asked: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte of one part; the first behind the last where there is no such part; None for the whole."""
    found = _RANGE.match(asked)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size - 1
    start = int(found[1])
    last = min(int(found[2]) if found[2] else size - 1, size - 1, start + AT_ONCE - 1)
    return (start, last) if start < size else (size, size - 1)
