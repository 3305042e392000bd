"""Ventures in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.ventures.texts import KINDS, STATES

if TYPE_CHECKING:
    from craftpath.domain.ventures.models import Venture

TONES = {"planned": "plain", "running": "info", "finished": "good", "stopped": "attention"}


@dataclass(frozen=True, slots=True)
class Card:
    """A venture in a list."""

    row: Venture
    title: str
    kind: str
    days: str
    sides: list[str]
    people: str
    url: str
    badge: tuple[str, str]
    reached: int
    milestones: int
    product: str


def cards(request: Request, rows: Iterable[Venture]) -> list[Card]:
    """Ventures for a list; the rows bring their counts."""
    return [_card(request, row) for row in rows]


def _card(request: Request, row: Venture) -> Card:
    comma = pgettext("between the names of a list", ", ")
    return Card(
        row,
        text(row.title),
        str(KINDS[row.kind]),
        days(row.starts_on, row.ended_on or row.ends_on),
        [text(side.organisation.name) for side in row.sides.all()],
        comma.join(one.person.name for one in row.charges.all()),
        reverse("ventures:venture", args=[request.organisation.key, row.public_id]),
        (TONES[row.state], str(STATES[row.state])),
        getattr(row, "milestones_done", 0),
        getattr(row, "milestones_all", 0),
        text(row.product) if row.state == "finished" else "",
    )


def days(first: date, last: date) -> str:
    """From a first to a last day."""
    return f"{day(first)} – {day(last)}"
