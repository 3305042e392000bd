"""How entries of a record are said: days, figures and states in the reader's language, newest first by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.templatetags.say import day, listed, points, text
from craftpath.domain.passport import wording
from craftpath.domain.passport.record import SECTIONS, Cell, Entry, Record, chosen
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.passport.models import Share

FEW = 4
"""Lines of an entry that stand at once; the rest is behind a press."""
ICONS = {
    "employers": "place",
    "training": "learn",
    "stages": "growth",
    "results": "results",
    "skills": "skill",
    "hours": "clock",
    "masters": "people",
    "works": "occupation",
    "certificates": "file",
    "credits": "coin",
    "courses": "curriculum",
    "workshops": "calendar",
}
TONES = {
    "current": "info",
    "passed": "good",
    "done": "good",
    "valid": "good",
    "not_passed": "attention",
    "expired": "attention",
    "revoked": "wrong",
}


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as it is read."""

    kind: str
    icon: str
    title: str
    when: str
    where: str
    badge: str
    tone: str
    lines: Sequence[tuple[str, str]]
    more: Sequence[tuple[str, str]]
    origin: str
    checked: bool
    year: int


def names(keys: Iterable[str]) -> list[str]:
    """The names of sections, in the order in which they are read."""
    return [text(wording.SECTIONS[key]) for key in chosen(list(keys))]


def card(section: str, entry: Entry) -> Card:
    """One entry in the open language."""
    lines = [(text(one.label), said(one.value)) for one in entry.lines]
    state = wording.STATES.get(entry.state, Text())
    return Card(
        kind=text(wording.SECTIONS[section]),
        icon=ICONS[section],
        title=text(entry.title),
        when=span(entry),
        where=listed(text(one) for one in entry.where),
        badge=text(state),
        tone=TONES.get(entry.state, "plain"),
        lines=lines[:FEW],
        more=lines[FEW:],
        origin=_origin(entry),
        checked=entry.origin is not None and entry.origin.verdict == "valid",
        year=entry.when.year,
    )


def _origin(entry: Entry) -> str:
    if entry.origin is None:
        return ""
    given = {"site": text(entry.origin.name), "on": day(entry.origin.on)}
    if entry.origin.verdict == "valid":
        return _("From %(site)s, signed on %(on)s, signature valid") % given
    return _("From %(site)s, signed on %(on)s; whose key it is, nobody here has confirmed") % given


def said(value: Cell) -> str:
    """What a line says."""
    match value:
        case Text():
            return text(value)
        case date():
            return day(value)
        case Decimal():
            return points(value)
        case _:
            return str(value)


def span(entry: Entry) -> str:
    """From when to when; what goes on says since when."""
    if entry.first is None and entry.last is None:
        return ""
    if entry.last is None or entry.first is None or entry.first == entry.last:
        only = day(entry.first or entry.last)
        goes_on = entry.state == "current" and entry.last is None
        return pgettext("of an entry", "since %(day)s") % {"day": only} if goes_on else only
    return _("%(first)s – %(last)s") % {"first": day(entry.first), "last": day(entry.last)}


def timeline(entries: Iterable[tuple[str, Entry]]) -> list[tuple[str, Entry]]:
    """Everything, the newest first; of one day in the order of the sections."""
    order = {key: n for n, key in enumerate(SECTIONS)}
    return sorted(entries, key=lambda one: (-one[1].when.toordinal(), order[one[0]]))


def by_year(entries: Iterable[tuple[str, Entry]]) -> list[dict[str, Any]]:
    """Cards under their years; what has no day comes last, under none."""
    cards = [card(key, entry) for key, entry in entries]
    return [
        {"year": year if year > 1 else "", "cards": list(some)}
        for year, some in groupby(cards, key=lambda one: one.year)
    ]


def by_section(record: Record) -> list[dict[str, Any]]:
    """Cards under their sections, as a stranger reads them."""
    return [
        {
            "name": text(wording.SECTIONS[one.key]),
            "icon": ICONS[one.key],
            "cards": [card(one.key, entry) for entry in one.entries],
        }
        for one in record.sections
    ]


def state_of(share: Share, at: Any) -> str:
    """open, expired or revoked: running out is a matter of the moment."""
    return "expired" if share.state == "open" and at >= share.expires_at else share.state
