"""Where somebody is among the pages of reading: tabs, crumbs, the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.reading import queries, rules

if TYPE_CHECKING:
    from craftpath.domain.reading.models import Note, ReadingList, ReadingRecord, ReadingText


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    places = [
        ("reading:lists", pgettext("of reading", "Lists")),
        ("reading:mine", pgettext("of reading", "My reading")),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def opens(request: Request) -> bool:
    """Whether somebody may open a list here."""
    return bool(rules.may_open(request.actor, request.organisation))


def to_list(request: Request, row: ReadingList, *further: str) -> list[Crumb]:
    """Crumbs from the lists over one of them."""
    way = [step(request, pgettext("in the rail", "Reading"), "reading:lists")]
    if further:
        way.append(step(request, row.title, "reading:list", row.public_id))
    return [*way, *(here(one) for one in further)]


def found(request: Request, public_id: str) -> ReadingList:
    """A list that the reader sees."""
    return get_object_or_404(queries.lists(request.user), public_id=plain_id(public_id))


def found_text(public_id: str) -> ReadingText:
    """A text of a list that the reader sees."""
    return get_object_or_404(queries.texts(), public_id=plain_id(public_id))


def found_note(request: Request, public_id: str) -> Note:
    """An own note."""
    return get_object_or_404(queries.note(plain_id(public_id), request.user))


def found_record(public_id: str) -> ReadingRecord:
    """Somebody's reading that the reader sees."""
    return get_object_or_404(queries.record(plain_id(public_id)))
