"""A log week by week, as far as somebody confirmed it. No word, no length and no number of entries plays a part.

A week is confirmed if one of its entries is. It is in time if that entry was handed in, for the first time, within some
days after the week's end; when the mentor answered does not matter. The log is reckoned up to the last week that was
confirmed: before it a week without a confirmed entry was missed, behind it nothing is known yet, whether nobody wrote
or nobody answered. So nothing that an apprentice writes moves a count until somebody confirms it, and a silent mentor
never makes a week count as missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ON_TIME, LATE, MISSED, UNANSWERED, NOT_DUE = "on_time", "late", "missed", "unanswered", "not_due"
WEEK = timedelta(days=7)
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Week:
    """One week at work: its Monday, and how it stands."""

    monday: date
    state: str


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_at_work(window: Span, away: Iterable[Span], works: Callable[[date], bool]) -> list[date]:
    """The Mondays of the weeks with at least one workday between two days on which the apprentice was not away."""
    first, last = window
    spans = list(away)
    found = []
    monday = monday_of(first)
    while monday <= last:
        days = (monday + timedelta(days=n) for n in range(7))
        if any(
            first <= day <= last and works(day) and not any(start <= day <= end for start, end in spans)
            for day in days
        ):
            found.append(monday)
        monday += WEEK
    return found


def in_time(on: date, handed_in: date, within_days: int) -> bool:
    """Whether an entry of a day was handed in by so many days after the end of its week.

    A day cannot be told before it has come, so an entry that was moved to another day afterwards is late there.
    """
    last = monday_of(on) + timedelta(days=6 + within_days)
    return on - timedelta(days=1) <= handed_in <= last


def standing(
    mondays: Sequence[date], confirmed: Mapping[date, bool], *, within_days: int, today: date
) -> list[Week]:
    """How each week stands; `confirmed` maps the Mondays of confirmed weeks to whether they were in time."""
    answered = max((monday for monday in mondays if monday in confirmed), default=None)
    found = []
    for monday in mondays:
        if monday in confirmed:
            state = ON_TIME if confirmed[monday] else LATE
        elif monday + timedelta(days=6 + within_days) >= today:
            state = NOT_DUE
        else:
            state = MISSED if answered is not None and monday < answered else UNANSWERED
        found.append(Week(monday, state))
    return found
