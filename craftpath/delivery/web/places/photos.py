"""The photo of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from craftpath.delivery.web.places.finding import found
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.places import queries

if TYPE_CHECKING:
    from craftpath.domain.places.models import Place

PICTURE = "image/jpeg"  # as `kernel.media` draws every photo


@require_safe
def photo(request: Request, organisation: str, place: str) -> HttpResponseBase:
    """For members of the same tree."""
    return sent(queries.place_of(found(request, place)))


def sent(said: Place | None) -> HttpResponseBase:
    """The picture; 404 where there is none."""
    if said is None or said.photo is None:
        raise Http404
    return shown_or_saved(said.photo.bytes(), "place", PICTURE)
