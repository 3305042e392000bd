"""How far those who marked the same essays agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from craftpath.domain.exams.models import EssayMark

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting
    from craftpath.engines.psychometrics.agreement import Agreement

LEAST = 5
"""Essays with two marks from which on figures are told."""


@dataclass(frozen=True, slots=True)
class Markers:
    """Essays by markers, in percent of full points.

    `pairs` has the first and the second mark of each essay that has both, in the order of their places.
    `by_person` keeps markers apart; `by_turn` takes them as whoever happened to be first and second. Both are None
    with too few essays. `returned` counts the marks that a moderator sent back, which are in none of the figures.
    """

    essays: int
    markers: int
    pairs: tuple[tuple[float, float], ...]
    returned: int
    by_person: Agreement | None = None
    by_turn: Agreement | None = None

    @property
    def mean_gap(self) -> float | None:
        """The mean distance of two marks of one essay, in percent of full points."""
        if not self.pairs:
            return None
        return sum(abs(one - other) for one, other in self.pairs) / len(self.pairs)


def markers_of(sittings: Iterable[Sitting]) -> Markers:
    """Compare the marks that hold of all essays at these sittings; two queries."""
    given = EssayMark._base_manager.filter(candidate__sitting__in=list(sittings))
    returned = given.filter(returned__isnull=False).count()
    rows = given.filter(superseded_at__isnull=True).order_by("place")
    told = rows.values_list("candidate_id", "line_id", "marker_id", "points", "line__version__points")
    essays: dict[tuple[int, int], dict[int, float]] = {}
    for candidate, line, marker, points, most in told:
        essays.setdefault((candidate, line), {})[marker] = float(100 * points / most)
    double = [one for one in essays.values() if len(one) > 1]
    people = sorted({marker for one in double for marker in one})
    pairs = [tuple(one.values())[:2] for one in double]
    found = Markers(len(essays), len(people), tuple((first, second) for first, second in pairs), returned)
    if len(double) < LEAST:
        return found
    import numpy as np  # noqa: PLC0415  (slow to import)

    from craftpath.engines.psychometrics.agreement import Level, Ratings, agreement  # noqa: PLC0415  (the same)

    table = np.array([[one.get(who, np.nan) for who in people] for one in double], dtype=np.float64)
    return Markers(
        found.essays,
        found.markers,
        found.pairs,
        returned,
        agreement(Ratings.of(table), Level.INTERVAL),
        agreement(Ratings.of(np.array(pairs, dtype=np.float64)), Level.INTERVAL),
    )
