"""An invented trainer, on whom the effect of weights is shown before they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from craftpath.domain.appraisals.definition import Definition

EXAMPLE: dict[str, tuple[float, int, float, float]] = {
    "progress": (3.1, 8, -0.9, 7.1),
    "verification": (24.0, 160, 18.0, 31.2),
    "response": (4.2, 160, 3.5, 4.9),
    "continuity": (97.0, 1200, 97.0, 97.0),
    "voice": (4.3, 7, 3.8, 4.8),
}
"""part → figure, n, low, high"""


@dataclass(frozen=True, slots=True)
class Tried:
    """The score, None where too little is measured, and the points of each part, None where it does not count."""

    score: Decimal | None
    points: dict[str, float | None]


def tried(rule: Definition) -> Tried:
    """What a definition that holds makes of the example."""
    # The engine brings SciPy, which takes a second to import: only this page and the worker pay for it.
    from craftpath.engines.appraisal import Measured, Part, compose  # noqa: PLC0415

    parts = tuple(Part(one.key, Decimal(one.weight), one.points, least=one.least) for one in rule.parts)
    made = compose(parts, {key: Measured(*figure) for key, figure in EXAMPLE.items()}, Decimal(rule.fewest))
    points = {line.key: None if line.why else float(line.points) for line in made.lines}
    if made.value is None:
        return Tried(None, points)
    exact = Decimal(made.value.numerator) / Decimal(made.value.denominator)
    return Tried(exact.quantize(Decimal("0.001"), ROUND_HALF_UP), points)
