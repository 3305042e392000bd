"""What answers say of people and skills: rows as columns for the engine, in one query whatever their number.

An answer keeps what was known of its question, so nothing is read from the bank.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.study.models import Answered
from craftpath.engines.mastery import Answers, Certainty, Mastery, Questions, Scale, mastery

if TYPE_CHECKING:
    from craftpath.domain.exams.exercises import Exercise

RULE = Certainty(fewest=5, most=12)
A_MONTH = timedelta(days=30)
MIDDLE = 0.65
"""The share of points at which a question stands at 0: what the bank assumes of one of medium difficulty."""
FARTHEST = 4.0
STEEPEST, FLATTEST = 3.0, 0.3


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as the engine needs it."""

    enrolment: int
    skill: str
    item: int
    diagnosis: int | None
    question: tuple[float, float, float]
    at: datetime
    right: bool


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """People (enrolment ids) by skills; `before` is the same a month ago, if asked for; `last`: when last answered."""

    people: tuple[int, ...]
    skills: tuple[str, ...]
    now: Mastery
    before: Mastery | None
    last: dict[tuple[int, str], datetime]

    def surer(self, enrolment: int) -> int:
        """Of how many skills more is known than a month ago: answered since, and the doubt is smaller."""
        if self.before is None:
            raise ValueError("what was known a month ago was not asked for")
        n = self.people.index(enrolment)
        narrower = (self.now.high - self.now.low)[n] < (self.before.high - self.before.low)[n]
        return int((narrower & (self.now.n[n] > self.before.n[n])).sum())


def day(at: datetime) -> float:
    """A moment as the engine counts days."""
    return at.timestamp() / 86400


def placed(one: Exercise) -> tuple[float, float, float]:
    """Difficulty in logits, slope, and the chance to guess; by its curve if there is one, else by its share."""
    if one.curve is not None:
        slope, place = one.curve
        return _within(place), min(STEEPEST, max(FLATTEST, slope)), one.guess
    share = min(0.98, max(0.02, one.share))
    return _within(_logit(MIDDLE) - _logit(share)), 1.0, one.guess


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _within(place: float) -> float:
    return min(FARTHEST, max(-FARTHEST, place))


def answers_of(enrolments: Collection[int], skill: str = "") -> list[Given]:
    """Every answer of these people, to one skill or to all, whoever asks; one query."""
    rows = Answered._base_manager.filter(enrolment__in=list(enrolments))
    rows = rows.filter(skill=skill) if skill else rows
    told = rows.order_by("at", "pk").values_list(
        "enrolment", "skill", "item", "diagnosis", "difficulty", "slope", "guess", "at", "right"
    )
    return [
        Given(who, key, item, diagnosis, (place, slope, guess), at, right)
        for who, key, item, diagnosis, place, slope, guess, at, right in told
    ]


def columns(
    given: Sequence[Given], people: Sequence[int], skills: Sequence[str], more: Sequence[Exercise] = ()
) -> tuple[Scale, Answers]:
    """The model and the answers; each answer is a question of its own, and `more` follow them for the first skill."""
    who = {pk: n for n, pk in enumerate(people)}
    which = {key: n for n, key in enumerate(skills)}
    kept = [one for one in given if one.enrolment in who and one.skill in which]
    questions = [(which[one.skill], *one.question) for one in kept]
    questions += [(0, *placed(one)) for one in more]
    rows = [(who[one.enrolment], which[one.skill], n, day(one.at), one.right) for n, one in enumerate(kept)]
    return Scale.usual(len(skills), Questions.of(questions)), Answers.of(rows)


def measured(
    people: Collection[int], skills: Sequence[str], at: datetime, *, before: bool = False
) -> Measured:
    """Where these people stand in these skills, and where they stood a month before; one query."""
    order, given = tuple(people), answers_of(people)
    model, answers = columns(given, order, skills)
    return Measured(
        order,
        tuple(skills),
        mastery(model, answers, len(order), day(at)),
        mastery(model, answers, len(order), day(at - A_MONTH)) if before else None,
        {(one.enrolment, one.skill): one.at for one in given},
    )


def skills_answered(people: Collection[int]) -> set[str]:
    """Keys of the skills to which one of these people has answered something; one query."""
    rows = Answered._base_manager.filter(enrolment__in=list(people)).order_by()
    return set(rows.values_list("skill", flat=True).distinct())
