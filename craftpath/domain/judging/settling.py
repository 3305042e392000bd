"""What the ratings of each apprentice's work come to now, by the rule of the scheme: a mark, or who is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from craftpath.domain.judging.models import Judgement, Practical, Rater, Rating
from craftpath.engines.evaluation import Raters, raters_of
from craftpath.engines.rating import Method, Needs, Rule, Settled, half_up, settle
from craftpath.engines.rating import Rating as Given

PLACES = 4  # of marks and gaps, as their columns keep them
USUAL_GAP = Decimal(20)
"""Points of 100 beyond which a third rater is asked, where the scheme says nothing of raters."""
RATINGS = "ratings"
"""What is needed while somebody who is asked has not rated."""


def rule_from(item: Mapping[str, Any] | None, asked: int) -> dict[str, Any]:
    """The rule that a practical keeps: the scheme's own, else all who are asked, their mean, a third beyond a gap."""
    own = raters_of({"raters": item}) if item else None
    raters = own or Raters(raters=max(1, asked), gap=USUAL_GAP if asked > 1 else None)
    gap = None if raters.gap is None else str(raters.gap)
    return {"method": raters.method, "raters": raters.raters, "gap": gap, "beyond": raters.beyond}


def rule_of(practical: Practical) -> Rule:
    """The same for the engine."""
    row = practical.rule
    gap = None if row["gap"] is None else Decimal(row["gap"])
    return Rule(Method(row["method"]), int(row["raters"]), gap, Needs(row["beyond"]))


@dataclass(frozen=True, slots=True)
class Seat:
    """One rater of one work with the current rating, if there is one that can be counted."""

    rater: Rater
    rating: Rating | None

    @property
    def mark(self) -> Decimal | None:
        """Of 100."""
        return self.rating.score if self.rating is not None else None


@dataclass(frozen=True, slots=True)
class Work:
    """One apprentice's work: who rates it, what that comes to, and what is published of it."""

    seats: tuple[Seat, ...]
    settled: Settled
    judgement: Judgement | None

    @property
    def asked(self) -> tuple[Seat, ...]:
        """Those whose mark may count: without the apprentice's own and without who is excused."""
        return tuple(seat for seat in self.seats if _counts(seat.rater))

    @property
    def own(self) -> Seat | None:
        """The apprentice's own rating, which stands apart."""
        return next((seat for seat in self.seats if seat.rater.kind == "self"), None)

    @property
    def waiting(self) -> tuple[Seat, ...]:
        """Who is asked and has not rated."""
        return tuple(seat for seat in self.asked if seat.mark is None)

    @property
    def in_force(self) -> bool:
        """Whether a published mark stands and is not being looked at anew."""
        return self.judgement is not None and self.judgement.reopened_at is None

    @property
    def needs(self) -> str:
        """What is missing to a mark: "" nothing, `ratings`, or one of the engine's needs."""
        if self.settled.mark is not None:
            return ""
        return RATINGS if self.waiting else self.settled.needs.value

    @property
    def is_ready(self) -> bool:
        """Whether there is a mark that can be published: nobody who is asked is waited for."""
        return self.settled.mark is not None and not self.waiting and not self.in_force

    @property
    def mark(self) -> Decimal | None:
        """Of 100, as it would be published."""
        return None if self.settled.mark is None else half_up(self.settled.mark, PLACES)

    @property
    def gap(self) -> Decimal | None:
        """How far the ordinary raters' marks lie apart."""
        return None if self.settled.gap is None else half_up(self.settled.gap, PLACES)


def _counts(rater: Rater) -> bool:
    return rater.kind != "self" and rater.excused_at is None


def work_of(practical: Practical, seats: Sequence[Seat], judgement: Judgement | None) -> Work:
    """Settle the ratings of one work; the first asked are the ordinary raters, a later one is the third."""
    given = [
        Given(str(seat.rater.pk), seat.mark, seat.rater.is_chair)
        for seat in seats
        if _counts(seat.rater) and seat.mark is not None
    ]
    return Work(tuple(seats), settle(given, rule_of(practical)), judgement)


def in_points(mark: Decimal, most: Decimal) -> Decimal:
    """A mark of 100 in the item's own points, rounded once, half up."""
    return half_up(Fraction(mark) * Fraction(most) / 100, PLACES)
