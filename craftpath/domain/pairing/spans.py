"""Spans of days, half open: [starts_on, ends_on), without an end while `ends_on` is None."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """From a day until the day before another; for ever if that is None."""

    starts_on: date
    ends_on: date | None = None

    @property
    def empty(self) -> bool:
        """Whether no day lies in it."""
        return self.ends_on is not None and self.ends_on <= self.starts_on

    def meets(self, other: Span) -> bool:
        """Whether the two share a day."""
        return (
            not self.empty
            and not other.empty
            and (other.ends_on is None or self.starts_on < other.ends_on)
            and (self.ends_on is None or other.starts_on < self.ends_on)
        )

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def busiest(weighted: Iterable[tuple[Span, int]], within: Span) -> tuple[int, date]:
    """The greatest sum of weights on one day of `within`, and the first day on which it is reached."""
    steps: dict[date, int] = {within.starts_on: 0}
    for span, weight in weighted:
        if span.meets(within):
            first = max(span.starts_on, within.starts_on)
            steps[first] = steps.get(first, 0) + weight
            if span.ends_on is not None:
                steps[span.ends_on] = steps.get(span.ends_on, 0) - weight
    most, on, sum_ = 0, within.starts_on, 0
    for day in sorted(steps):
        if within.ends_on is not None and day >= within.ends_on:
            break
        sum_ += steps[day]
        if sum_ > most:
            most, on = sum_, day
    return most, on


def gaps(spans: Sequence[Span], within: Span) -> list[Span]:
    """The parts of `within` that no span covers, in order; the last one may have no end."""
    found, first = [], within.starts_on
    for span in sorted((s for s in spans if s.meets(within)), key=lambda s: s.starts_on):
        if span.starts_on > first:
            found.append(Span(first, span.starts_on))
        if span.ends_on is None:
            return found
        first = max(first, span.ends_on)
    rest = Span(first, within.ends_on)
    return found if rest.empty else [*found, rest]


def days_in(span: Span, until: date) -> int:
    """How many days of it there are before `until`."""
    last = until if span.ends_on is None else min(span.ends_on, until)
    return max(0, (last - span.starts_on) // timedelta(days=1))
