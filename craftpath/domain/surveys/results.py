"""What was answered, question by question: counts and means with their n, and nothing where fewer than five spoke."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftpath.domain.surveys.models import FEWEST, Answer, NamedAnswer, Survey
from craftpath.domain.surveys.questions import Question

Said = Mapping[str, Any]
MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Spread:
    """Answers to one item of a question: how many, how often each tick or option, and their mean where there is one.

    `n` is None, and nothing else is filled, where fewer than `FEWEST` answered, some though they were.
    """

    key: str
    n: int | None
    counts: Mapping[Any, int] = field(default_factory=dict)
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One question with what was answered: a spread for each of its items; the words of an open one, in no order."""

    question: Question
    place: int
    n: int | None
    spreads: tuple[Spread, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether some answered, and too few to be shown."""
        return self.n is None


def said_in(survey: Survey) -> list[dict[str, Any]]:
    """What everybody said, in an order that is drawn each time anew; one query."""
    rows = Answer if survey.anonymous else NamedAnswer
    found = list(rows.objects.filter(survey=survey).values_list("said", flat=True))
    random.SystemRandom().shuffle(found)
    return found


def results_of(survey: Survey, said: Sequence[Said] | None = None) -> list[Result]:
    """Every question but the heads of sections; the survey is closed, which whoever calls has asked."""
    rows = said_in(survey) if said is None else said
    return [
        _result(one, place, survey.points, [row[one.key] for row in rows if one.key in row])
        for place, one in enumerate(survey.asked_for, start=1)
        if one.kind != "section"
    ]


def _result(one: Question, place: int, points: int, given: list[Any]) -> Result:
    n = _shown(len(given))
    if not n:
        return Result(one, place, n)
    if one.kind == "text":
        return Result(one, place, n, words=tuple(sorted(given)))
    return Result(one, place, n, tuple(_SPREADS[one.kind](one, points, given)))


def _shown(n: int) -> int | None:
    return n if n == 0 or n >= FEWEST else None


def _ticks(key: str, points: int, ticks: Iterable[int]) -> Spread:
    counts = Counter(ticks)
    n = _shown(counts.total())
    if not n:
        return Spread(key, n)
    mean = math.fsum(tick * count for tick, count in counts.items()) / n
    return Spread(key, n, {tick: counts[tick] for tick in range(1, points + 1)}, mean)


def _need(one: Question, points: int, given: list[Any]) -> list[Spread]:
    """Importance and own level of those who rated both, so that their means make a gap; and the mentors' view."""
    pairs = [row for row in given if row[0] is not None and row[1] is not None]
    seen = [row[2] for row in given if row[2] is not None]
    spreads = [
        _ticks("importance", points, (row[0] for row in pairs)),
        _ticks("own", points, (row[1] for row in pairs)),
    ]
    return [*spreads, _ticks("mentor", points, seen)] if one.mentor else spreads


def _scale(one: Question, points: int, given: list[Any]) -> list[Spread]:
    return [_ticks("", points, given)]


def _matrix(one: Question, points: int, given: list[Any]) -> list[Spread]:
    return [_ticks(row.key, points, (said[row.key] for said in given if row.key in said)) for row in one.rows]


def _choice(one: Question, points: int, given: list[Any]) -> list[Spread]:
    chosen = Counter(key for said in given for key in (said if isinstance(said, list) else [said]))
    return [Spread("", len(given), {option.key: chosen[option.key] for option in one.options})]


def _ranking(one: Question, points: int, given: list[Any]) -> list[Spread]:
    """The mean place of each option among those who placed it, the best first."""
    found = []
    for option in one.options:
        places = [said.index(option.key) + 1 for said in given if option.key in said]
        n = _shown(len(places))
        mean = math.fsum(places) / n if n else None
        found.append(Spread(option.key, n, Counter(places) if n else {}, mean))
    return sorted(found, key=lambda one: (one.mean is None, one.mean))


def _number(one: Question, points: int, given: list[Any]) -> list[Spread]:
    """Each number by itself where there are few different ones, else in up to ten parts of equal width."""
    mean = math.fsum(given) / len(given)
    values = sorted(set(given))
    if len(values) <= MOST_BARS:
        counts = Counter(given)
        return [Spread("", len(given), {str(value): counts[value] for value in values}, mean)]
    width = (values[-1] - values[0]) / 10
    bins = Counter(min(int((value - values[0]) / width), 9) for value in given)
    places = max(0, 1 - math.floor(math.log10(width)))  # as many as tell one end from the next
    ends = [f"{values[0] + at * width:.{places}f}" for at in range(11)]
    named = {f"{ends[at]}–{ends[at + 1]}": bins[at] for at in range(10)}
    return [Spread("", len(given), named, mean)]


_SPREADS = {
    "need": _need,
    "scale": _scale,
    "matrix": _matrix,
    "single": _choice,
    "multiple": _choice,
    "ranking": _ranking,
    "number": _number,
}
