"""Where somebody is among the pages of stories: tabs, crumbs, the story that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.stories import queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Story

USES = pgettext_lazy("that tell of a skill", "Masters' stories")
TONES = {"draft": "plain", "review": "attention", "published": "good", "withdrawn": "plain"}


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another: those who neither tell nor check have the wall, and what they asked and said."""
    places = [("wall", _("The wall"), True), ("mine", pgettext("stories", "Mine"), True)]
    places.append(
        ("desk", pgettext("stories", "To look at"), Permission.CHECK_STORIES in request.actor.permissions)
    )
    key = request.organisation.key
    return [
        {"label": label, "url": reverse(f"stories:{name}", args=[key]), "current": name == current}
        for name, label, there in places
        if there
    ]


def seen(request: Request, public_id: str) -> Story:
    """A story that the reader may read now; 404 for every other one, whether it is a draft, taken down or nothing."""
    row = get_object_or_404(queries.stories(), public_id=plain_id(public_id))
    if not rules.may_read(request.actor, row, is_shown=row.is_shown):
        raise Http404
    return row


def draft(request: Request, public_id: str) -> Story:
    """A story that the reader writes."""
    row = seen(request, public_id)
    require(rules.may_write(request.actor, row))
    return row


def to_wall(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the wall."""
    return [step(request, _("Masters' stories"), "stories:wall"), *further]


def to_story(request: Request, story: Story, *further: Crumb) -> list[Crumb]:
    """Crumbs through a story."""
    return to_wall(request, step(request, story.title, "stories:story", story.public_id), *further)
