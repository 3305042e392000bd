"""Placing reviews by one pattern: pure, without clock or database.

Whoever has the same mentor is placed one after the other, so that the mentor comes once. A moment at which the
apprentice, the mentor or the college's trainer is busy is passed over; whoever finds no room in a round is left out of
it, and the preview says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
MOST_WEEKS, MOST_ROUNDS = 26, 13
SHORTEST, LONGEST = 10, 240  # minutes of a review


@dataclass(frozen=True, slots=True)
class Pattern:
    """On which weekdays (0 is Monday) and between which hours, how long each, every how many weeks, how often."""

    first_on: date
    weekdays: tuple[int, ...]
    from_at: time
    until_at: time
    minutes: int
    every_weeks: int
    rounds: int

    @property
    def fits(self) -> bool:
        """Whether at least one review finds room in a day of it."""
        start = datetime.combine(self.first_on, self.from_at)
        end = datetime.combine(self.first_on, self.until_at)
        return (
            bool(self.weekdays)
            and set(self.weekdays) <= set(range(7))
            and SHORTEST <= self.minutes <= LONGEST
            and 1 <= self.every_weeks <= MOST_WEEKS
            and 1 <= self.rounds <= MOST_ROUNDS
            and start + timedelta(minutes=self.minutes) <= end
        )

    def window(self, round: int) -> tuple[date, date]:  # noqa: A002
        """The first and the last day of a round, both counted."""
        first = self.first_on + timedelta(weeks=self.every_weeks * round)
        return first, first + timedelta(weeks=self.every_weeks) - ONE_DAY


@dataclass(frozen=True, slots=True)
class Seat:
    """An apprentice to be placed: the mentor comes too, the apprenticeship may have a last day."""

    enrolment_id: int
    person_id: int
    mentor_id: int | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Busy:
    """When somebody cannot: from, until, and a reason code."""

    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where one review of one round lies."""

    round: int
    seat: Seat
    start: datetime
    end: datetime


@dataclass(slots=True)
class Placed:
    """Everything that found room, who did not (by round), and how many moments were passed over for which reason."""

    places: list[Place] = field(default_factory=list)
    left_out: list[tuple[int, Seat]] = field(default_factory=list)
    passed_over: Counter[tuple[str, int]] = field(default_factory=Counter)  # (reason, person id)


def place(
    pattern: Pattern,
    seats: Sequence[Seat],
    *,
    trainer_id: int,
    busy: Mapping[int, Sequence[Busy]],
    works: Callable[[date], bool],
    zone: ZoneInfo,
) -> Placed:
    """Find a moment for each seat in each round; the seats come in the order in which they shall sit."""
    found = Placed()
    taken: dict[int, list[Busy]] = defaultdict(list, {who: list(some) for who, some in busy.items()})
    for round_ in range(pattern.rounds):
        slots = list(_slots(pattern, round_, works, zone))
        for seat in seats:
            start = _free(slots, seat, trainer_id, pattern.minutes, taken, found.passed_over)
            if start is None:
                found.left_out.append((round_, seat))
                continue
            slots.remove(start)
            end = start + timedelta(minutes=pattern.minutes)
            found.places.append(Place(round_, seat, start, end))
            if seat.mentor_id is not None:
                taken[seat.mentor_id].append(Busy(start, end, "reviews.mentor_busy"))
    return found


def _slots(
    pattern: Pattern, round_: int, works: Callable[[date], bool], zone: ZoneInfo
) -> Iterator[datetime]:
    """The moments of a round at which a review may begin, by the clock of the college."""
    day, last = pattern.window(round_)
    while day <= last:
        if day.weekday() in pattern.weekdays and works(day):
            start = datetime.combine(day, pattern.from_at)
            end = datetime.combine(day, pattern.until_at)
            while start + timedelta(minutes=pattern.minutes) <= end:
                yield start.replace(tzinfo=zone)
                start += timedelta(minutes=pattern.minutes)
        day += ONE_DAY


def _free(
    slots: Sequence[datetime],
    seat: Seat,
    trainer_id: int,
    minutes: int,
    taken: Mapping[int, Sequence[Busy]],
    passed_over: Counter[tuple[str, int]],
) -> datetime | None:
    """The first moment at which all of them can."""
    people = [who for who in (seat.person_id, seat.mentor_id, trainer_id) if who is not None]
    for start in slots:
        if seat.last_on is not None and start.date() > seat.last_on:
            return None
        end = start + timedelta(minutes=minutes)
        hindered = next(
            (
                (one.reason, who)
                for who in people
                for one in taken.get(who, ())
                if one.start < end and start < one.end
            ),
            None,
        )
        if hindered is None:
            return start
        passed_over[hindered] += 1
    return None
