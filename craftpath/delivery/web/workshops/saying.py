"""How workshops, their days and those who come are said on pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.domain.pilots.queries import newest_cycles
from craftpath.domain.workshops import queries
from craftpath.domain.workshops.texts import ITEM_KINDS, POLL_KINDS, POLL_STATES, STATES, WAYS

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import (
        Certificate,
        Item,
        LiveQuestion,
        Poll,
        Registration,
        Workshop,
    )

TONES = {"draft": "plain", "open": "good", "closed": "attention", "finished": "info", "cancelled": "wrong"}
SEATED = {"placed": "good", "waiting": "attention", "withdrawn": "plain"}


def state(row: Workshop) -> tuple[str, str]:
    """Its state as a badge."""
    return str(STATES[row.state]), TONES[row.state]


def span(first: date | None, last: date | None) -> str:
    """From the first to the last day."""
    if first is None or last is None:
        return _("days not set yet")
    if first == last:
        return date_format(first, "DATE_FORMAT")
    return f"{date_format(first, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"


def holders(row: Workshop) -> str:
    """The organisations that hold it."""
    names = [row.organisation.name, *(one.organisation.name for one in row.organisers.all())]
    return listed(text(one) for one in names)


@dataclass(frozen=True, slots=True)
class Card:
    """A workshop as a line of a list."""

    row: Workshop
    url: str
    when: str
    state: tuple[str, str]
    own: Registration | None = None


def cards(rows: Iterable[Workshop], page: str, *before: str, own: dict[int, Registration]) -> list[Card]:
    """Lines that lead to a page of each."""
    return [
        Card(
            one, reverse(page, args=[*before, one.public_id]), span(one.first, one.last), state(one),  # type: ignore[attr-defined]
            own.get(one.pk),
        )
        for one in rows
    ]  # fmt: skip


def agenda(workshop: Workshop) -> list[dict[str, Any]]:
    """The days with their lines, and the rooms that run beside one another."""
    items = queries.items_of(workshop)
    return [
        {"day": day, "items": [_item(one) for one in items if one.day_id == day.pk]}
        for day in queries.days_of(workshop)
    ]


def _item(one: Item) -> dict[str, Any]:
    return {
        "row": one,
        "kind": str(ITEM_KINDS[one.kind]),
        "speakers": listed(_speaker(each.name, each.organisation_name) for each in one.speakers.all()),
        "materials": list(one.materials.all()),
        "cases": list(one.cases.all()),
    }


def _speaker(name: str, organisation: str) -> str:
    return (
        _("%(name)s (%(organisation)s)") % {"name": name, "organisation": organisation}
        if organisation
        else name
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """An answer of a poll with its share."""

    key: str
    label: str
    count: int
    percent: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll as a page shows it; `bars` None: too few have answered to show them."""

    row: Poll
    kind: str
    state: str
    options: list[tuple[str, str]]
    bars: list[Bar] | None
    voted: bool = False


def polls(rows: list[Poll], voted: Iterable[int] = (), *, moderating: bool = False) -> list[Asked]:
    """Polls with their counts; two queries."""
    counts = queries.counts_of(rows, hidden=moderating)
    hidden = queries.hidden_words(rows) if moderating else set()
    done = set(voted)
    return [
        Asked(
            one, str(POLL_KINDS[one.kind]), str(POLL_STATES[one.state]), options_of(one),
            _bars(one, counts[one.pk], hidden) if one.pk in counts else None, one.pk in done,
        )
        for one in rows
    ]  # fmt: skip


def options_of(poll: Poll) -> list[tuple[str, str]]:
    """The answers to choose from: by their place, of a scale by their point."""
    if poll.kind == "scale":
        return [(str(n), str(n)) for n in range(1, 6)]
    return [(str(n), text(one)) for n, one in enumerate(poll.options, start=1)]


def _bars(poll: Poll, counts: dict[str, int], hidden: set[tuple[int, str]]) -> list[Bar]:
    named = [(key, key) for key in counts] if poll.kind == "words" else options_of(poll)
    return [
        Bar(key, label, counts.get(key, 0), percent(counts.get(key, 0), poll.votes), (poll.pk, key) in hidden)
        for key, label in named
    ]


def percent(part: int, whole: int) -> int:
    """A share in whole percent, halves up."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def asker(one: LiveQuestion) -> str:
    """Who asked, where the hall may know it."""
    return one.registration.name if one.named else _("without a name")


def people(count: int) -> str:
    """How many people."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def attended(certificate: Certificate) -> list[tuple[date, str, int]]:
    """(day, how, minutes) of each day that a certificate counts."""
    return [
        (date.fromisoformat(one["on"]), str(WAYS[one["way"]]), one["minutes"]) for one in certificate.days
    ]


def steps() -> list[tuple[str, str]]:
    """The steps of the circle that come with the site, as choices."""
    cycle = next(iter(newest_cycles()), None)
    return [(one["key"], text(one["name"])) for one in cycle.steps] if cycle is not None else []


def link_of(request: Request, row: Registration) -> str:
    """The whole address of somebody's own page."""
    return request.build_absolute_uri(reverse("workshop:mine", args=[queries.token_of(row)]))
