"""One mark of several raters' marks, or the word that somebody else has to look first.

Nobody averages a quarrel away: where marks lie further apart than the rule allows, the answer is "a third rater" or
"the chair", and all marks and the gap are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median


class Method(StrEnum):
    """How marks that lie close enough become one."""

    MEAN = "mean"
    MEDIAN = "median"
    CHAIR = "chair"


class Needs(StrEnum):
    """Who has to be asked before there is a mark."""

    NOTHING = ""
    MORE_RATERS = "more_raters"
    THIRD_RATER = "third_rater"
    CHAIR = "chair"


class Third(StrEnum):
    """How a third rater's mark settles it: with the nearer of the two, as the middle one, or alone."""

    NEARER = "nearer"
    MEDIAN = "median"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's mark; `chair` marks the one whose word settles it."""

    rater: str
    mark: Decimal
    chair: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How many raters are asked, how far apart they may be (None: any), and what follows if they are further."""

    method: Method = Method.MEAN
    raters: int = 2
    gap: Decimal | None = None
    beyond: Needs = Needs.THIRD_RATER
    third: Third = Third.NEARER


@dataclass(frozen=True, slots=True)
class Settled:
    """The mark (exact), or None and who is needed. `counted` names the raters whose marks are in it."""

    mark: Fraction | None
    needs: Needs
    gap: Fraction | None
    ratings: tuple[Rating, ...]
    counted: tuple[str, ...]
    method: str


def settle(ratings: Sequence[Rating], rule: Rule) -> Settled:
    """Apply the rule; ratings stand in the order in which they were given.

    The first `rule.raters` of those who are not the chair are the ordinary ones, a further one is the third
    rater. ValueError where a rater stands twice, there are two chairs, or the rule cannot be met.
    """
    _check(ratings, rule)
    ratings = tuple(ratings)
    chair = [one for one in ratings if one.chair]
    ordinary = [one for one in ratings if not one.chair]
    first, later = ordinary[: rule.raters], ordinary[rule.raters :]
    gap = max(map(_mark, first)) - min(map(_mark, first)) if first else None
    if rule.method is Method.CHAIR:
        if not chair:
            return Settled(None, Needs.CHAIR, gap, ratings, (), rule.method)
        return Settled(_mark(chair[0]), Needs.NOTHING, gap, ratings, (chair[0].rater,), rule.method)
    if len(first) < rule.raters:
        return Settled(None, Needs.MORE_RATERS, gap, ratings, (), rule.method)
    if rule.gap is None or gap is None or gap <= Fraction(rule.gap):
        return _joined(rule.method, first, Needs.NOTHING, gap, ratings)
    if chair:
        return Settled(_mark(chair[0]), Needs.NOTHING, gap, ratings, (chair[0].rater,), "chair")
    if rule.beyond is Needs.CHAIR or not later:
        return Settled(None, rule.beyond, gap, ratings, (), rule.method)
    return _third(rule.third, first, later[0], gap, ratings)


def _check(ratings: Sequence[Rating], rule: Rule) -> None:
    raters = [one.rater for one in ratings]
    if len(set(raters)) != len(raters):
        raise ValueError("a rater gives one mark")
    if sum(one.chair for one in ratings) > 1:
        raise ValueError("there is one chair")
    if any(not one.mark.is_finite() for one in ratings):
        raise ValueError("a mark is a finite number")
    if rule.raters < 1 or (rule.gap is not None and rule.gap < 0):
        raise ValueError("a rule asks at least one rater and allows a gap of 0 or more")
    if rule.beyond not in (Needs.THIRD_RATER, Needs.CHAIR):
        raise ValueError("beyond the gap a third rater or the chair is needed")


def _mark(rating: Rating) -> Fraction:
    return Fraction(rating.mark)


def _joined(
    method: Method, among: Sequence[Rating], needs: Needs, gap: Fraction | None, ratings: tuple[Rating, ...]
) -> Settled:
    marks = [_mark(one) for one in among]
    mark = median(marks) if method is Method.MEDIAN else sum(marks, Fraction(0)) / len(marks)
    return Settled(mark, needs, gap, ratings, tuple(one.rater for one in among), method)


def _third(
    third: Third, first: Sequence[Rating], last: Rating, gap: Fraction, ratings: tuple[Rating, ...]
) -> Settled:
    """With a third rater: of two that are equally near, the pair with the higher mark counts."""
    if third is Third.ALONE:
        return Settled(_mark(last), Needs.NOTHING, gap, ratings, (last.rater,), f"third_{third}")
    every = [*first, last]
    if third is Third.MEDIAN:
        mark = median([_mark(one) for one in every])
        return Settled(mark, Needs.NOTHING, gap, ratings, tuple(one.rater for one in every), f"third_{third}")
    one, other = min(
        ((one, last) for one in first),
        key=lambda pair: (abs(_mark(pair[0]) - _mark(pair[1])), -_mark(pair[0])),
    )
    mark = (_mark(one) + _mark(other)) / 2
    return Settled(mark, Needs.NOTHING, gap, ratings, (one.rater, other.rater), f"third_{third}")
