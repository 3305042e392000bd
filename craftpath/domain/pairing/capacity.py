"""Whether there is room for somebody: with the teacher, at the place, and with the apprentice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from craftpath.domain.pairing.spans import busiest, merged
from craftpath.values.period import Period
from craftpath.values.verdict import YES, Verdict, not_now


@dataclass(frozen=True, slots=True)
class Teaching:
    """Where somebody stands as a teacher at a place: how many at once, and the days of the qualification."""

    name: str
    capacity: int
    qualified: Period | None = None


def can_teach(standing: Teaching, held: Iterable[tuple[int, Period]], more: int, span: Period) -> Verdict:
    """Whether somebody may take `more` learners for a span, beside those of `held` (learner, span).

    Who learns twice from the same person counts once on a day.
    """
    qualified = standing.qualified
    if qualified is not None:
        if span.start < qualified.start:
            return not_now("pairing.not_qualified_yet", name=standing.name, on=qualified.start)
        if span.start not in qualified:
            return not_now("pairing.not_qualified", name=standing.name, on=qualified.end)
        if span.end > qualified.end:
            return not_now("pairing.qualified_until", name=standing.name, on=qualified.end)
    most, on = busiest(_once_each(held), span)
    if most + more > standing.capacity:
        return not_now(
            "pairing.teacher_full", name=standing.name, capacity=standing.capacity, load=most, on=on
        )
    return YES


def _once_each(held: Iterable[tuple[int, Period]]) -> Iterable[tuple[Period, int]]:
    """The days of each learner, those that overlap made one."""
    by_learner: dict[int, list[Period]] = defaultdict(list)
    for learner, days in held:
        by_learner[learner].append(days)
    for periods in by_learner.values():
        yield from ((days, 1) for days in merged(periods))


def can_carry(
    place: str, most: int | None, held: Iterable[tuple[int, Period]], more: int, span: Period
) -> Verdict:
    """Whether a place with room for `most` apprentices (None: no ratio) takes `more` for a span."""
    if most is None:
        return YES
    load, on = busiest(_once_each(held), span)
    full = load + more > most
    return not_now("pairing.ratio_full", place=place, most=most, load=load, on=on) if full else YES


def can_be_taught(name: str, responsible: Iterable[Period], span: Period, ended_on: date | None) -> Verdict:
    """Whether an apprentice can get a responsible teacher for a span: there is no other, and the time is not over."""
    if ended_on is not None and span.end > ended_on:
        return not_now("pairing.has_left", name=name, on=ended_on)
    taken = next((other for other in responsible if other.overlaps(span)), None)
    if taken is None:
        return YES
    return not_now("pairing.responsible_already", name=name, on=max(taken.start, span.start))
