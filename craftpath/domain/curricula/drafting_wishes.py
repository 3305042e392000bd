"""What a plan is asked to be: weights of skills, hours, least hours of areas, people and rooms, pins and bans.

Hours are minutes here, as everywhere in the house; what people type is the pages' matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from craftpath.domain.curricula.hours import Cell
from craftpath.domain.curricula.models import PINS
from craftpath.domain.curricula.rules import MOST_MINUTES
from craftpath.values.verdict import Refused, not_now

MOST_WEIGHT = 10
TENTH = Decimal("0.1")
LEAST_FACTOR, MOST_FACTOR = Decimal("1"), Decimal("3")
USUAL_FACTOR = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class DraftWish:
    """Weights by skill, 0 to 10; `source` is the analysis that they came from, if any.

    `cells` are minutes at most by stage and kind of hours, `total` over all; `areas` at least by learning area;
    `trainers` and `rooms` at most by kind. A skill of `stressed` counts `factor` times in that stage. `pins` is
    card key → `pin` or `forbid`. With `fill`, hours that are left are used up.
    """

    weights: Mapping[str, Decimal]
    source: str = ""
    total: int | None = None
    cells: Mapping[Cell, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    trainers: Mapping[str, int] = field(default_factory=dict)
    rooms: Mapping[str, int] = field(default_factory=dict)
    stressed: Mapping[str, str] = field(default_factory=dict)
    factor: Decimal = USUAL_FACTOR
    pins: Mapping[str, str] = field(default_factory=dict)
    fill: bool = True

    def as_json(self) -> dict[str, Any]:
        """As a draft keeps it: numbers with places as texts, cells as rows."""
        told = asdict(self)
        told["weights"] = {key: str(weight) for key, weight in sorted(self.weights.items())}
        told["cells"] = [[stage, kind, minutes] for (stage, kind), minutes in sorted(self.cells.items())]
        told["factor"] = str(self.factor)
        return told

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> DraftWish:
        """As it was kept."""
        return cls(
            weights={key: Decimal(weight) for key, weight in told["weights"].items()},
            source=told["source"],
            total=told["total"],
            cells={(stage, kind): minutes for stage, kind, minutes in told["cells"]},
            areas=told["areas"],
            trainers=told["trainers"],
            rooms=told["rooms"],
            stressed=told["stressed"],
            factor=Decimal(told["factor"]),
            pins=told["pins"],
            fill=told["fill"],
        )


def require_sense(wish: DraftWish, *, stages: Iterable[str], cards: Iterable[str]) -> None:
    """Refused where a wish cannot be meant: weights and hours out of range, stages or cards that are not there."""
    if not any(wish.weights.values()):
        raise Refused(not_now("curricula.draft_without_needs"))
    if any(not 0 <= weight <= MOST_WEIGHT for weight in wish.weights.values()):
        raise Refused(not_now("curricula.draft_weight", most=MOST_WEIGHT))
    if not LEAST_FACTOR <= wish.factor <= MOST_FACTOR:
        raise Refused(not_now("curricula.draft_factor", least=str(LEAST_FACTOR), most=str(MOST_FACTOR)))
    for minutes in _minutes(wish):
        if not 0 <= minutes <= MOST_MINUTES:
            raise Refused(not_now("curricula.draft_hours", most=MOST_MINUTES // 60))
    known = set(stages)
    if not known >= {stage for stage, _ in wish.cells} | set(wish.stressed.values()):
        raise Refused(not_now("curricula.draft_stage_unknown"))
    if not set(cards) >= set(wish.pins) or not set(PINS) >= set(wish.pins.values()):
        raise Refused(not_now("curricula.card_unknown"))


def _minutes(wish: DraftWish) -> Iterable[int]:
    if wish.total is not None:
        yield wish.total
    for part in (wish.cells, wish.areas, wish.trainers, wish.rooms):
        yield from part.values()


def scaled_weights(weights: Mapping[str, float]) -> dict[str, Decimal]:
    """In the same proportions, the greatest being the greatest that can be typed, in tenths."""
    most = max(weights.values(), default=0.0)
    if most <= 0:
        return {}
    return {
        key: (Decimal(weight) * MOST_WEIGHT / Decimal(most)).quantize(TENTH, ROUND_HALF_UP)
        for key, weight in weights.items()
    }
