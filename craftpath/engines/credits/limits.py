"""Limits that many rule sets know: points of a calendar year or half-year, and how many of a kind count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from craftpath.engines.credits.types import Credit, Limit, Number

YEAR, HALF = 12, 6


def period_of(day: date, months: int) -> date:
    """The first day of the calendar period of so many months in which a day lies."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def by_period(credits: Iterable[Credit], months: int, most: Number, key: str) -> tuple[Limit, ...]:
    """One limit for each period in which something was earned."""
    found: dict[date, set[str]] = {}
    for credit in credits:
        found.setdefault(period_of(credit.earned_on, months), set()).add(credit.id)
    return tuple(
        Limit(f"{key}:{first.isoformat()}", frozenset(ids), points=most)
        for first, ids in sorted(found.items())
    )


def of_sources(credits: Iterable[Credit], sources: Iterable[str], count: int, key: str) -> Limit:
    """At most so many credits of these sources."""
    named = set(sources)
    return Limit(key, frozenset(credit.id for credit in credits if credit.source in named), count=count)
