"""A picture of the bank, read by those who see the bank."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams import queries
from craftpath.kernel.roles import Permission


@require_GET
@needs(Permission.WRITE_ITEMS)
def picture(request: Request, organisation: str, picture: str) -> HttpResponse:
    """The picture itself; its bytes never change, so a browser keeps them for itself."""
    found = get_object_or_404(queries.pictures(), public_id=picture)
    response = HttpResponse(found.file.bytes(), content_type=found.media_type)
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    return response
