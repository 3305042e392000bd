"""Pictures of a bulletin: hung in a place, taken down, shown to those who make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from craftpath.delivery.web.bulletins.editing import page
from craftpath.delivery.web.bulletins.forms import PictureForm
from craftpath.delivery.web.bulletins.places import own
from craftpath.delivery.web.shell.downloads import played
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import SLACK, Request, declared, plain_id
from craftpath.domain.bulletins import actions, queries, rules
from craftpath.domain.bulletins.places import BY_KEY, PICTURE
from craftpath.kernel.exhibits import small_enough
from craftpath.kernel.media import MOST_BYTES
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Bulletin

JPEG = "image/jpeg"  # as `kernel.media` draws every photo


@csrf_exempt  # the body stays unread until its declared size is known; `_picture` is protected
@require_POST
def picture(request: Request, organisation: str, bulletin: str, place: str) -> HttpResponse:
    """Hang one, or take it down."""
    row = own(request, bulletin)
    if place not in BY_KEY or BY_KEY[place].kind != PICTURE:
        raise Http404
    require(rules.can_write(row))
    if declared(request) > MOST_BYTES + SLACK:
        wrong = sentence(small_enough(MOST_BYTES + 1, MOST_BYTES))
        return render(request, "bulletins/edit.html", page(request, row, refused=wrong), status=413)
    return _picture(request, row, place)


@csrf_protect
def _picture(request: Request, row: Bulletin, place: str) -> HttpResponse:
    back = f"{reverse('bulletins:edit', args=[request.organisation.key, row.public_id])}#at-{place}"
    if request.POST.get("do") == "remove":
        actions.remove_picture(row, place, by=request.actor, at=request.at)
        return redirect(back)
    form = PictureForm(request.POST, request.FILES, auto_id=f"{place}_%s")

    def act() -> None:
        file = form.cleaned_data["file"]
        actions.hang_picture(
            row, place, file.read(), file.name or "", alt=form.alt, by=request.actor, at=request.at
        )

    status = tried(request, form, _("The picture hangs. Say now who can be recognised on it."), act)
    if not status:
        return redirect(back)
    return render(request, "bulletins/edit.html", page(request, row, at=place, picture=form), status=status)


@require_safe
def shown(request: Request, organisation: str, bulletin: str, picture: str) -> HttpResponseBase:
    """A picture of it, of now or of a version, for those who make it."""
    row, wanted = own(request, bulletin), plain_id(picture)
    for block in queries.blocks_of(row).values():
        if block.picture is not None and block.picture.public_id == wanted:
            return played(request, block.picture, JPEG)
    version = queries.last_version(row)
    kept = queries.pictures_of(row, version.content).get(wanted) if version is not None else None
    if kept is None:
        raise Http404
    return played(request, kept, JPEG)
