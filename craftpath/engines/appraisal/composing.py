"""One score of several parts: progress, verification, response, continuity, voice, or whatever the weights name.

Weights and scales are data. Every figure is exact once it is taken in, so the lines add up to the total.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from craftpath.engines.appraisal.faults import AppraisalFaulty
from craftpath.values.faults import Fault

HUNDRED = Decimal(100)


class Unmeasured(StrEnum):
    """What happens where a part has no figure: its weight goes to the others, or there is no score."""

    SHARED_OUT = "shared_out"
    NO_SCORE = "no_score"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its weight in points of 100 and the scale from its figure to 0-100, straight between `points`.

    Points rise strictly in the figure; beyond the first and the last the scale is level. A figure with an n below
    `least` counts as none.
    """

    key: str
    weight: Decimal
    points: tuple[tuple[Decimal, Decimal], ...]
    unmeasured: Unmeasured = Unmeasured.SHARED_OUT
    least: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of one trainer with its n; None and `why` where there is none. `low` and `high`: its interval."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PartLine:
    """What one part brought: points = counted x reached / 100. `counted` is its weight after others were shared out."""

    key: str
    weight: Decimal
    counted: Fraction
    value: float | None
    n: int
    reached: Fraction | None
    points: Fraction
    why: str = ""


@dataclass(frozen=True, slots=True)
class Composite:
    """The score of 0-100, exact, and its interval; None with `why`. Points of `lines` sum to `value`."""

    value: Fraction | None
    low: float | None
    high: float | None
    lines: tuple[PartLine, ...]
    why: str = ""


def compose(
    parts: tuple[Part, ...], measured: Mapping[str, Measured], fewest: Decimal = Decimal(0)
) -> Composite:
    """The score of one trainer; no entry means "no figure". `fewest` points of weight must be measured.

    The interval joins those of the parts (Zou & Donner 2008, MOVER: independent errors, each side by its own);
    parts without one count as certain, and where no part has one there is none. Raises `AppraisalFaulty`.
    """
    faults = [*_part_faults(parts), *_measured_faults(parts, measured)]
    if faults:
        raise AppraisalFaulty(faults)
    found = [(part, _reason(part, measured.get(part.key))) for part in parts]
    weight = sum((part.weight for part, why in found if not why), Decimal(0))
    refused = next((why for part, why in found if why and part.unmeasured is Unmeasured.NO_SCORE), "")
    refused = refused and "part_missing"
    if weight == 0 or weight < fewest:
        refused = refused or "too_little_measured"
    times = Fraction(0) if refused else 100 / Fraction(weight)
    lines = tuple(_line(part, measured.get(part.key), why, times) for part, why in found)
    if refused:
        return Composite(None, None, None, lines, refused)
    value = sum((line.points for line in lines), Fraction(0))
    return Composite(value, *_interval(float(value), parts, lines, measured), lines)


def _reason(part: Part, measured: Measured | None) -> str:
    if measured is None:
        return "not_measured"
    if measured.value is None:
        return measured.why or "not_measured"
    return "too_few" if measured.n < part.least else ""


def _line(part: Part, measured: Measured | None, why: str, times: Fraction) -> PartLine:
    value, n = (None, 0) if measured is None else (measured.value, measured.n)
    if why or value is None:
        return PartLine(part.key, part.weight, Fraction(0), None, n, None, Fraction(0), why)
    counted, reached = Fraction(part.weight) * times, _scaled(part, Fraction(value))
    return PartLine(part.key, part.weight, counted, value, n, reached, counted * reached / 100)


def _scaled(part: Part, value: Fraction) -> Fraction:
    points = [(Fraction(figure), Fraction(reached)) for figure, reached in part.points]
    if value <= points[0][0]:
        return points[0][1]
    for (left, one), (right, other) in pairwise(points):
        if value <= right:
            return one + (other - one) * (value - left) / (right - left)
    return points[-1][1]


def _interval(
    value: float, parts: tuple[Part, ...], lines: tuple[PartLine, ...], measured: Mapping[str, Measured]
) -> tuple[float | None, float | None]:
    below = above = 0.0
    known = False
    for part, line in zip(parts, lines, strict=True):
        figure = measured.get(part.key)
        if line.reached is None or figure is None or figure.low is None or figure.high is None:
            continue
        known = True
        low, high = _reached_within(part, figure.low, figure.high)
        below += float(line.counted * (line.reached - low) / 100) ** 2
        above += float(line.counted * (high - line.reached) / 100) ** 2
    if not known:
        return None, None
    return max(0.0, value - math.sqrt(below)), min(100.0, value + math.sqrt(above))


def _reached_within(part: Part, low: float, high: float) -> tuple[Fraction, Fraction]:
    """The least and the most that the scale gives from low to high; it may turn at its points."""
    inside = [Fraction(figure) for figure, _ in part.points if low < figure < high]
    reached = [_scaled(part, figure) for figure in (Fraction(low), *inside, Fraction(high))]
    return min(reached), max(reached)


def _part_faults(parts: tuple[Part, ...]) -> Iterator[Fault]:
    for key, times in Counter(part.key for part in parts).items():
        if times > 1:
            yield Fault("appraisal.part_twice", "parts", {"part": key})
    for at, part in enumerate(parts):
        place, facts = f"parts[{at}]", {"part": part.key}
        if not (part.weight.is_finite() and part.weight >= 0):
            yield Fault("appraisal.weight_negative", f"{place}.weight", facts)
        figures = [figure for figure, _ in part.points]
        if any(not number.is_finite() for point in part.points for number in point):
            yield Fault("appraisal.points_not_finite", f"{place}.points", facts)
        elif len(figures) < 2 or any(left >= right for left, right in pairwise(figures)):
            yield Fault("appraisal.points_do_not_rise", f"{place}.points", facts)
        elif any(not 0 <= reached <= HUNDRED for _, reached in part.points):
            yield Fault("appraisal.points_out_of_range", f"{place}.points", facts)
    weights = [part.weight for part in parts if part.weight.is_finite()]
    if sum(weights, Decimal(0)) != HUNDRED:
        yield Fault("appraisal.weights_not_100", "parts", {"sum": sum(weights, Decimal(0))})


def _measured_faults(parts: tuple[Part, ...], measured: Mapping[str, Measured]) -> Iterator[Fault]:
    keys = {part.key for part in parts}
    for key, figure in measured.items():
        place = f"measured.{key}"
        if key not in keys:
            yield Fault("appraisal.part_unknown", place, {"part": key})
        if figure.n < 0:
            yield Fault("appraisal.number_negative", f"{place}.n", {"part": key})
        given = [one for one in (figure.low, figure.value, figure.high) if one is not None]
        if any(not math.isfinite(one) for one in given):
            yield Fault("appraisal.figure_not_finite", place, {"part": key})
        elif (figure.low is None) != (figure.high is None) or given != sorted(given):
            yield Fault("appraisal.interval_not_around", place, {"part": key})
