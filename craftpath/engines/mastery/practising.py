"""Spaced practice: when does a question come again, and which ones fill five minutes?

When it comes again is said by FSRS (the library `fsrs`), with nothing left to chance and to the clock: no fuzz, and the
moment is always given. What is kept is plain JSON: the state of the card and every review, from which the state can be
worked out anew, also with other parameters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict

from fsrs import Card, Rating, Scheduler

__all__ = [
    "FIVE_MINUTES",
    "Due",
    "Kept",
    "Rating",
    "Review",
    "begun",
    "due",
    "five_minutes",
    "rated",
    "recall",
    "replayed",
    "reviewed",
    "scheduler",
]

SLOW = 2.0  # times the expected seconds: right after so long was hard
FIVE_MINUTES = 300


class Review(TypedDict):
    """One look at a question: FSRS's rating (1 again, 2 hard, 3 good, 4 easy), when (UTC), in how many seconds."""

    rating: int
    at: str
    seconds: float | None


class Kept(TypedDict):
    """What is kept of one question of one person, as JSON: `card` is for FSRS alone to read."""

    card: dict[str, Any]
    log: list[Review]


@dataclass(frozen=True, slots=True)
class Due:
    """A question to be practised: whatever the caller calls it, its skill, when it is due, and how long it takes."""

    key: str
    skill: str
    due: datetime
    seconds: float


def scheduler(retention: float = 0.9, longest: timedelta = timedelta(days=365)) -> Scheduler:
    """FSRS such that on the due date the chance to know it is `retention`; no wait is over `longest`."""
    if not 0.7 <= retention <= 0.97:
        raise ValueError("a question comes back at a chance from 0.7 to 0.97")
    return Scheduler(desired_retention=retention, maximum_interval=longest.days, enable_fuzzing=False)


def begun(at: datetime) -> Kept:
    """A question that was never practised: due at once."""
    return {"card": dict(Card(card_id=0, due=_utc(at)).to_dict()), "log": []}


def reviewed(kept: Kept, rating: Rating, at: datetime, seconds: float | None, by: Scheduler) -> Kept:
    """What is kept after one more review. One that arrives late takes its place by its moment."""
    review: Review = {"rating": int(rating), "at": _utc(at).isoformat(), "seconds": seconds}
    log = [*kept["log"], review]
    if kept["log"] and _moment(review) < _moment(kept["log"][-1]):
        return replayed(sorted(log, key=_moment), by)
    card, _ = by.review_card(_card(kept), rating, _utc(at))
    return {"card": dict(card.to_dict()), "log": log}


def replayed(log: Sequence[Review], by: Scheduler) -> Kept:
    """The state from the reviews alone, for one that was lost or for new parameters."""
    if not log:
        raise ValueError("a question without reviews has no state to work out")
    card = Card(card_id=0, due=_moment(log[0]))
    for review in log:
        card, _ = by.review_card(card, Rating(review["rating"]), _moment(review))
    return {"card": dict(card.to_dict()), "log": list(log)}


def rated(right: bool, seconds: float | None, expected: float) -> Rating:
    """A rating from what happened: nobody is asked how easy it was."""
    if not right:
        return Rating.Again
    return Rating.Hard if seconds is not None and seconds > SLOW * expected else Rating.Good


def due(kept: Kept) -> datetime:
    """When it comes again."""
    return _card(kept).due


def recall(kept: Kept, at: datetime, by: Scheduler) -> float:
    """The chance to know it at that moment; 0 where it was never practised."""
    return float(by.get_card_retrievability(_card(kept), _utc(at)))


def five_minutes(cards: Sequence[Due], now: datetime, seconds: float = FIVE_MINUTES) -> list[Due]:
    """What is due and fits, the most overdue first, and in an order that mixes skills.

    What is too long for the time that is left makes room for the next one; of two as overdue, the first in the order
    given. Two of one skill follow one another only where there are too many of it.
    """
    moment, left, taken = _utc(now), seconds, list[Due]()
    for card in sorted((card for card in cards if _utc(card.due) <= moment), key=lambda one: _utc(one.due)):
        if card.seconds <= left:
            taken.append(card)
            left -= card.seconds
    return _mixed(taken)


def _mixed(cards: list[Due]) -> list[Due]:
    """The first that is not of the skill before it, unless another skill has more left than fit between the others."""
    left, mixed = list(cards), list[Due]()
    n = Counter(card.skill for card in cards)
    last: str | None = None
    while left:
        most = max(n, key=lambda skill: n[skill])
        pressing = most if 2 * n[most] > len(left) and most != last else None
        at = next(
            (
                at
                for at, card in enumerate(left)
                if (card.skill == pressing if pressing else card.skill != last)
            ),
            0,
        )
        card = left.pop(at)
        n[card.skill] -= 1
        last = card.skill
        mixed.append(card)
    return mixed


def _card(kept: Kept) -> Card:
    return Card.from_dict(kept["card"])  # type: ignore[arg-type]  # as FSRS wrote it


def _moment(review: Review) -> datetime:
    return datetime.fromisoformat(review["at"])


def _utc(at: datetime) -> datetime:
    """FSRS takes nothing but `datetime.UTC`, also from those who are at the same moment elsewhere."""
    if at.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return at.astimezone(UTC)
