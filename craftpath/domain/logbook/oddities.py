"""What makes an entry worth reading by itself, before a week is confirmed in one tap. Hints, never scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from craftpath.domain.logbook.models import Entry

LONG_MINUTES = 10 * 60
ALIKE = 80
LATE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Oddity:
    """A code of `texts.ODD` with the values that its sentence names."""

    code: str
    values: Mapping[str, Any]


def oddities(entries: Iterable[Entry], today: date) -> dict[int, list[Oddity]]:
    """entry id → what is odd about it, for entries that wait; an entry that is not in it looks normal."""
    entries = list(entries)
    a_day: dict[tuple[int, date], int] = defaultdict(int)
    for row in entries:
        a_day[row.enrolment_id, row.on] += row.minutes
    found: dict[int, list[Oddity]] = {}
    for row in entries:
        odd = [Oddity(code, values) for code, values in _odd(row, a_day[row.enrolment_id, row.on], today)]
        if odd:
            found[row.pk] = odd
    return found


def _odd(row: Entry, minutes: int, today: date) -> Iterable[tuple[str, dict[str, Any]]]:
    if row.corrects_id is not None:
        yield "correction", {}
    if minutes > LONG_MINUTES:
        yield "long_day", {"hours": LONG_MINUTES // 60}
    if not row.minutes:
        yield "no_hours", {}
    if row.likeness >= ALIKE:
        yield "alike", {"likeness": row.likeness}
    if not row.text.strip():
        yield "wordless", {}
    if row.returns:
        yield "sent_back", {}
    handed_in = timezone.localtime(row.submitted_at).date() if row.submitted_at else today
    if (handed_in - row.on).days > LATE_DAYS:
        yield "late", {"days": (handed_in - row.on).days}
