"""Where somebody is among the pages of forums: tabs, crumbs, the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.forums import queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.forums.models import Forum, Meeting, Photo, Post, Takeaway, Thread, Topic


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another, as far as they are somebody's."""
    places = [
        ("forums:list", pgettext("of forums", "All"), True),
        ("forums:mine", pgettext("of forums", "For me"), True),
        ("forums:minding", pgettext("of forums", "Reports"), tends(request)),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label, shown in places
        if shown
    ]


def tends(request: Request) -> bool:
    """Whether somebody looks after what is written here."""
    return Permission.TEND_TALK in request.actor.permissions


def opens(request: Request) -> bool:
    """Whether somebody may open a forum here."""
    return bool(rules.may_open(request.actor, request.organisation, None))


def to_forum(request: Request, row: Forum, *further: str) -> list[Crumb]:
    """Crumbs from the list over a forum."""
    way = [step(request, pgettext("in the rail", "Forums"), "forums:list")]
    if further:
        way.append(step(request, row.title, "forums:forum", row.public_id))
    return [*way, *(here(one) for one in further)]


def found(public_id: str) -> Forum:
    """A forum that the reader sees."""
    return get_object_or_404(queries.forums(), public_id=plain_id(public_id))


def found_meeting(public_id: str) -> Meeting:
    """A meeting of a forum that the reader sees."""
    return get_object_or_404(queries.meetings(), public_id=plain_id(public_id))


def found_thread(public_id: str) -> Thread:
    """A thread that the reader sees."""
    return get_object_or_404(queries.threads(), public_id=plain_id(public_id))


def found_post(public_id: str) -> Post:
    """A post that the reader sees."""
    return get_object_or_404(queries.posts(), public_id=plain_id(public_id))


def found_topic(public_id: str) -> Topic:
    """A topic of a forum that the reader sees."""
    return get_object_or_404(queries.topic(plain_id(public_id)))


def found_takeaway(public_id: str) -> Takeaway:
    """Something taken away from a meeting that the reader sees."""
    return get_object_or_404(queries.takeaways(), public_id=plain_id(public_id))


def found_photo(public_id: str) -> Photo:
    """A photo of a post that the reader sees."""
    return get_object_or_404(queries.photo(plain_id(public_id)))


def rhythm_words(row: Forum) -> str:
    """How often it meets, in words; nothing without a rhythm."""
    if not row.every or row.at is None:
        return ""
    said = {"day": WEEKDAYS[row.weekday], "time": f"{row.at:%H:%M}", "weeks": row.every}
    if row.every == 1:
        return _("every %(day)s, %(time)s") % said
    return _("every %(weeks)s weeks on %(day)s, %(time)s") % said
