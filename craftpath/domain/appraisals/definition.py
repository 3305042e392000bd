"""What a scheme says, as an immutable value: parts with weights and scales, bands, and days.

Weights and the fewest measured are points of 100. A scale is straight between its points, (figure, reached of 100),
with 50 for what is expected. A band goes from its `lowest` score up to that of the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, not_now

PARTS = ("progress", "verification", "response", "continuity", "voice")
HUNDRED = 100
MIDDLE = 50
MONTHS = (6, 12)
FEWEST_VOICES = 5
"""Of voices fewer are never shown, whatever a scheme says."""
MOST_LEAST, MOST_DAYS, MOST_BANDS, LONGEST_NAME = 1000, 120, 5, 40
LEVEL = 0.95
"""Of the intervals."""

Points = tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class PartRule:
    """One part: `least` is the fewest apprentices, entries, answers, days or voices that say something."""

    key: str
    weight: int
    least: int
    points: Points


@dataclass(frozen=True, slots=True)
class Band:
    """Scores from `lowest` on, up to the next band."""

    lowest: int
    name: Text


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of what counts how much. `fewest`: of the weight so much must be measured for a score."""

    parts: tuple[PartRule, ...]
    bands: tuple[Band, ...]
    months: int = 6
    fewest: int = 50
    voice_days: int = 14
    hearing_days: int = 10
    contest_days: int = 30
    answer_days: int = 14

    def part(self, key: str) -> PartRule:
        """The rule of one part."""
        return next(part for part in self.parts if part.key == key)

    def band(self, score: Decimal) -> int:
        """The place of the band in which a score lies."""
        return max(at for at, band in enumerate(self.bands) if band.lowest <= score)

    def weighed(self, weights: Mapping[str, int]) -> Definition:
        """The same with other weights."""
        return replace(self, parts=tuple(replace(one, weight=weights[one.key]) for one in self.parts))

    def as_json(self) -> dict[str, Any]:
        """Plain values, as a row keeps them."""
        return {
            "parts": [
                {
                    "key": one.key,
                    "weight": one.weight,
                    "least": one.least,
                    "points": [[str(figure), str(reached)] for figure, reached in one.points],
                }
                for one in self.parts
            ],
            "bands": [{"lowest": one.lowest, "name": one.name.as_json()} for one in self.bands],
            **{name: getattr(self, name) for name in _NUMBERS},
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Definition:
        """From what a row keeps."""
        return cls(
            tuple(
                PartRule(one["key"], one["weight"], one["least"], _points(one["points"]))
                for one in kept["parts"]
            ),
            tuple(Band(one["lowest"], Text.of(one["name"])) for one in kept["bands"]),
            **{name: kept[name] for name in _NUMBERS},
        )


_NUMBERS = ("months", "fewest", "voice_days", "hearing_days", "contest_days", "answer_days")


def _points(kept: Sequence[Sequence[Any]]) -> Points:
    return tuple((Decimal(str(figure)), Decimal(str(reached))) for figure, reached in kept)


def _rule(key: str, weight: int, least: int, *points: tuple[str, int]) -> PartRule:
    return PartRule(
        key, weight, least, tuple((Decimal(figure), Decimal(reached)) for figure, reached in points)
    )


BUILT_IN = Definition(
    parts=(
        # points of the result beyond what was expected
        _rule("progress", 50, 5, ("-10", 0), ("0", 50), ("10", 100)),
        # percent of the confirmed entries that were sent back or remarked on, or held in a later check
        _rule("verification", 15, 20, ("0", 20), ("15", 50), ("50", 100)),
        # days until an entry is answered
        _rule("response", 15, 20, ("1", 100), ("7", 50), ("21", 0)),
        # percent of the planned days on which the trainer was there
        _rule("continuity", 10, 60, ("70", 0), ("95", 50), ("100", 60)),
        # steps from 1 to 5
        _rule("voice", 10, FEWEST_VOICES, ("1", 0), ("4", 50), ("5", 100)),
    ),
    bands=(
        Band(0, Text.of({"zh": "低于预期", "en": "below what was expected"})),
        Band(40, Text.of({"zh": "符合预期", "en": "as expected"})),
        Band(60, Text.of({"zh": "高于预期", "en": "above what was expected"})),
    ),
)
"""Where no organisation has written down anything else."""


def can_hold(wanted: Definition) -> Verdict:
    """Whether a scheme makes sense: weights of 100, whole bands from 0 on, days and numbers within reason."""
    if [one.key for one in wanted.parts] != list(PARTS):
        return not_now("appraisals.parts_unknown")
    weights = [one.weight for one in wanted.parts]
    if min(weights) < 0 or sum(weights) != HUNDRED:
        return not_now("appraisals.weights_not_100", sum=sum(weights))
    if any(not 1 <= one.least <= MOST_LEAST for one in wanted.parts):
        return not_now("appraisals.least_out_of_range", most=MOST_LEAST)
    if wanted.part("voice").least < FEWEST_VOICES:
        return not_now("appraisals.voices_too_few", least=FEWEST_VOICES)
    if any(not _scale(one.points) for one in wanted.parts):
        return not_now("appraisals.scale_does_not_rise")
    lowest = [one.lowest for one in wanted.bands]
    rising = all(one < other for one, other in pairwise(lowest))
    if not lowest or len(lowest) > MOST_BANDS or lowest[0] != 0 or lowest[-1] >= HUNDRED or not rising:
        return not_now("appraisals.bands_have_gaps", most=MOST_BANDS)
    if any(
        not name or len(name) > LONGEST_NAME for one in wanted.bands for name in (one.name.zh, one.name.en)
    ):
        return not_now("appraisals.band_without_name", most=LONGEST_NAME)
    if wanted.months not in MONTHS or not 0 <= wanted.fewest <= HUNDRED:
        return not_now("appraisals.number_out_of_range")
    days = (wanted.voice_days, wanted.hearing_days, wanted.contest_days, wanted.answer_days)
    return (
        YES
        if all(1 <= one <= MOST_DAYS for one in days)
        else not_now("appraisals.days_out_of_range", most=MOST_DAYS)
    )


def _scale(points: Points) -> bool:
    figures = [figure for figure, _ in points]
    inside = all(0 <= reached <= HUNDRED for _, reached in points)
    return len(points) > 1 and inside and all(one < other for one, other in pairwise(figures))
