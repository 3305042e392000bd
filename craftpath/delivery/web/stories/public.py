"""The public wall: no account, no cookie, and nothing but what its teller wants everybody to see."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from craftpath.delivery.web.shell import visiting
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.visiting import View
from craftpath.delivery.web.stories import saying
from craftpath.delivery.web.stories.files import sent, spoken
from craftpath.delivery.web.stories.wall import filtered
from craftpath.domain.stories import queries
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story

WHY = "visitors read what masters let everybody see, and only that is asked for"
MOST = 60
"""Stories on the wall: more are no wall."""


def for_visitors(view: View) -> View:
    """What masters let everybody see may be taken back at any time, so nobody keeps it."""

    @visiting.for_visitors("story")
    @never_cache
    @wraps(view)
    def shown(request: Request, place: str, *ids: str, **more: Any) -> HttpResponseBase:
        with everywhere(WHY):
            return view(request, get_object_or_404(Organisation, key=place), *ids, **more)

    return shown


def _found(organisation: Organisation, public_id: str) -> Story:
    return get_object_or_404(queries.public_wall(organisation), public_id=plain_id(public_id))


@for_visitors
def wall(request: Request, place: Organisation) -> HttpResponse:
    """The wall of an organisation and those below it."""
    rows = list(queries.public_wall(place)[:MOST])
    names, spoken = saying.names_of(rows), visiting.spoken_in(request)
    found = filtered(request, rows, names)

    def card(one: Story) -> dict[str, Any]:
        url = reverse("told:story", args=[place.key, one.public_id]) + spoken
        return saying.card(one, names, url, reverse("told:file", args=[place.key, one.public_id, "picture"]))

    stage, beside = saying.staged([card(one) for one in found.pop("rows")])
    context = {
        "place": text(place.name),
        "stage": stage,
        "cards": beside,
        "languages": visiting.languages(request),
        "spoken_in": request.GET.get("in", "") if spoken else "",
        **found,
    }
    return render(request, "stories/public_wall.html", context)


@for_visitors
def story(request: Request, place: Organisation, story: str) -> HttpResponse:
    """One story, without what members say to it."""
    row = _found(place, story)

    def address(which: str) -> str:
        return reverse("told:file", args=[place.key, row.public_id, which])

    names = saying.names_of([row])
    context = {
        "row": row,
        **saying.body(row, address),
        "place": text(row.organisation.name),
        "skills": [names[key] for key in row.skills if key in names],
        "occupation": text(row.occupation.name) if row.occupation else "",
        "back": reverse("told:wall", args=[place.key]) + visiting.spoken_in(request),
        "languages": visiting.languages(request),
    }
    return render(request, "stories/public_story.html", context)


@for_visitors
def file(request: Request, place: Organisation, story: str, which: str) -> HttpResponseBase:
    """Picture or recording."""
    return sent(request, _found(place, story), which)


@for_visitors
def captions(request: Request, place: Organisation, story: str) -> HttpResponse:
    """The captions."""
    return spoken(_found(place, story))
