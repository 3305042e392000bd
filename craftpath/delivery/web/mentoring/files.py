"""Photos and files of products and meetings, to whoever may look into the pair."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.mentoring.places import found
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.mentoring import queries


@require_GET
def file(request: Request, organisation: str, file: str) -> HttpResponse:
    """A photo to look at, anything else to save."""
    known = queries.product_file(plain_id(file))
    if known is None:
        raise Http404
    kept, media_type, pair = known
    found(request, pair.public_id)
    return shown_or_saved(kept.bytes(), kept.name.rsplit(".", 1)[0], media_type)
