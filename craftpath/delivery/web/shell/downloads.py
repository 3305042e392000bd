"""Answers that are files: always as a download, never shown by the browser as a page of ours."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"  # as `exchange.writing` makes it; somebody else's may be written otherwise


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to save, under this name, whatever its bytes look like."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
