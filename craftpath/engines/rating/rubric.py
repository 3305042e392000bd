"""An analytic rubric: score = sum of weight (level - lowest) / (highest - lowest), weights summing to 100."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

HUNDRED = Decimal(100)


class Unobserved(StrEnum):
    """What happens to a criterion that nobody could observe: its weight goes to the others, or the mark waits."""

    SHARED_OUT = "shared_out"
    WAITS = "waits"


class RubricFaulty(ValueError):  # noqa: N818  (the name says what the rubric is)
    """A rubric or a level that cannot be used: a stable code and the criterion that it is about."""

    def __init__(self, code: str, criterion: str = "") -> None:
        self.code, self.criterion = f"rating.{code}", criterion
        super().__init__(f"{self.code} {criterion}".strip())


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row: its weight in points of 100 and its levels, lowest first, strictly rising."""

    key: str
    weight: Decimal
    levels: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one criterion brought: the level (None: not observed), the weight that counted, the points."""

    key: str
    level: Decimal | None
    weight: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class RubricScore:
    """The mark out of 100, exact; None while a criterion is waited for or nothing at all was observed.

    `handled` says what was done with the criteria in `unobserved`; it is None where there are none.
    """

    value: Fraction | None
    shares: tuple[Share, ...]
    unobserved: tuple[str, ...]
    handled: Unobserved | None
    why: str = ""


def half_up(value: Fraction, places: int) -> Decimal:
    """The value rounded once, half away from zero, with exactly so many places."""
    scaled = abs(value) * 10**places
    figure = int(scaled + Fraction(1, 2))
    return Decimal((int(value < 0 and figure > 0), tuple(map(int, str(figure))), -places))


def score(
    rubric: Sequence[Criterion],
    levels: Mapping[str, Decimal | None],
    unobserved: Unobserved = Unobserved.SHARED_OUT,
) -> RubricScore:
    """The mark for these levels; None or no entry means "not observed".

    Raises `RubricFaulty` where weights do not sum to exactly 100, levels do not rise, or a level is unknown.
    """
    _check(rubric, levels)
    seen = {row.key: level for row in rubric if (level := levels.get(row.key)) is not None}
    missed = tuple(row.key for row in rubric if row.key not in seen)
    counted = sum((Fraction(row.weight) for row in rubric if row.key in seen), Fraction(0))
    handled = unobserved if missed else None
    if not counted:
        return RubricScore(None, _shares(rubric, seen, Fraction(0)), missed, handled, "nothing_observed")
    if handled is Unobserved.WAITS:
        return RubricScore(None, _shares(rubric, seen, Fraction(1)), missed, handled, "not_observed")
    shares = _shares(rubric, seen, 100 / counted)
    return RubricScore(sum((share.points for share in shares), Fraction(0)), shares, missed, handled)


def _check(rubric: Sequence[Criterion], levels: Mapping[str, Decimal | None]) -> None:
    keys = [row.key for row in rubric]
    if len(set(keys)) != len(keys):
        raise RubricFaulty("criterion_twice", next(key for key in keys if keys.count(key) > 1))
    for row in rubric:
        if not row.weight.is_finite() or row.weight < 0:
            raise RubricFaulty("weight_negative", row.key)
        if len(row.levels) < 2 or any(
            not low < high for low, high in zip(row.levels, row.levels[1:], strict=False)
        ):
            raise RubricFaulty("levels_do_not_rise", row.key)
    if sum((row.weight for row in rubric), Decimal(0)) != HUNDRED:
        raise RubricFaulty("weights_not_100")
    for key, level in levels.items():
        if key not in keys:
            raise RubricFaulty("criterion_unknown", key)
        if level is not None and level not in rubric[keys.index(key)].levels:
            raise RubricFaulty("level_unknown", key)


def _shares(rubric: Sequence[Criterion], seen: Mapping[str, Decimal], times: Fraction) -> tuple[Share, ...]:
    """What each criterion brings where the weights of those that were seen are multiplied by `times`."""
    return tuple(_share(row, seen.get(row.key), Fraction(row.weight) * times) for row in rubric)


def _share(row: Criterion, level: Decimal | None, weight: Fraction) -> Share:
    if level is None:
        return Share(row.key, None, Fraction(0), Fraction(0))
    return Share(row.key, level, weight, weight * _reached(row, level))


def _reached(row: Criterion, level: Decimal) -> Fraction:
    lowest, highest = Fraction(row.levels[0]), Fraction(row.levels[-1])
    return (Fraction(level) - lowest) / (highest - lowest)
