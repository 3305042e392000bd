"""Picture, recording and captions of a story, to whoever may read it now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from craftpath.delivery.web.shell.downloads import played
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.stories.places import seen
from craftpath.domain.stories.captions import vtt

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story

PICTURE = "image/jpeg"  # as `kernel.media` draws every photo


@require_safe
def file(request: Request, organisation: str, story: str, which: str) -> HttpResponseBase:
    """A file for a member."""
    return sent(request, seen(request, story), which)


@require_safe
def captions(request: Request, organisation: str, story: str) -> HttpResponse:
    """The captions for a member."""
    return spoken(seen(request, story))


def sent(request: Request, row: Story, which: str) -> HttpResponseBase:
    """The picture, or what is asked for of the recording; nothing is kept by a browser after it was taken down."""
    kept = {"picture": row.picture, "recording": row.recording}.get(which)
    if kept is None:
        raise Http404
    return played(request, kept, PICTURE if which == "picture" else row.media_type)


def spoken(row: Story) -> HttpResponse:
    """The transcript as captions."""
    made = vtt(row.transcript)
    if not made:
        raise Http404
    return HttpResponse(
        made, content_type="text/vtt; charset=utf-8", headers={"Cache-Control": "private, no-store"}
    )
