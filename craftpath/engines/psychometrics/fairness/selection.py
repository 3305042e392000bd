"""The four-fifths rule: the selection rate of each group beside the highest one (US Uniform Guidelines 1978)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from craftpath.figures.figure import VERSION, Missing, Why

FOUR_FIFTHS = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Rate:
    """One group. `ratio` is its rate over the highest rate; all is None where it is not to be said.

    `adverse` is decided on exact fractions: 0.80 is not under four fifths.
    """

    group: str
    n: int | None
    rate: Fraction | None
    ratio: Fraction | None
    adverse: bool | None
    why: str = ""
    method: str = "four_fifths"
    missing: Missing = Missing.NONE
    version: str = VERSION


def impact_ratios(
    selected: Mapping[str, tuple[int, int]], least: int = 10, below: Fraction = FOUR_FIFTHS
) -> tuple[Rate, ...]:
    """The ratios of groups given as (selected, all).

    A group of fewer than `least` is not reported and is not what others are compared with.
    """
    for group, (chosen, people) in selected.items():
        if not 0 <= chosen <= people:
            raise ValueError(f"{group}: {chosen} of {people} cannot be selected")
    rates = {
        group: Fraction(chosen, people)
        for group, (chosen, people) in selected.items()
        if people >= max(least, 1)
    }
    highest = max(rates.values(), default=Fraction(0))
    return tuple(
        _rate(group, people, rates.get(group), highest, len(rates), below)
        for group, (_, people) in selected.items()
    )


def _rate(
    group: str, people: int, rate: Fraction | None, highest: Fraction, groups: int, below: Fraction
) -> Rate:
    if rate is None:
        return Rate(group, None, None, None, None, Why.SMALL_GROUP.value)
    if not highest:
        return Rate(group, people, rate, None, None, Why.NO_VARIATION.value)
    if groups < 2:
        return Rate(group, people, rate, None, None, Why.SMALL_GROUP.value)
    ratio = rate / highest
    return Rate(group, people, rate, ratio, ratio < below)
