"""Where the values of a layout come from: a page's own table, which the page's room offers here to the worker.

A door stands above this floor, so it registers, and nothing here knows it. Doors are loaded with the addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import get_resolver

from craftpath.delivery.exchange.layout_filling import Values
from craftpath.delivery.exchange.layout_names import Names
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Source:
    """What a layout may ask for and what it is, as one reader sees it; `title` names it in files."""

    organisation: Organisation
    names: Names
    values: Values
    title: str


Finds = Callable[[str, str, Actor, date], Source | None]
_SOURCES: dict[str, Finds] = {}


def fills_from(key: str) -> Callable[[Finds], Finds]:
    """Offer a table under the noun that it is about."""

    def offered(finds: Finds) -> Finds:
        if _SOURCES.setdefault(key, finds) is not finds:
            raise TypeError(f"two tables fill layouts about {key}")
        return finds

    return offered


def source_of(key: str, public_id: str, query: str, *, by: Actor, today: date) -> Source | None:
    """The table about this thing in the open scope; None where the reader does not see it."""
    if key not in _SOURCES:
        _ = get_resolver().url_patterns  # a worker has served no page yet
    return _SOURCES[key](public_id, query, by, today)
