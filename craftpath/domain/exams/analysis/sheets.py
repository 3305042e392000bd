"""A form of a paper as columns: who came by what they earned, with nothing filled in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from craftpath.domain.exams.models import PaperLine

if TYPE_CHECKING:
    from craftpath.domain.exams.marking import Scored
    from craftpath.engines.psychometrics import Responses
    from craftpath.engines.psychometrics.items import Classical


@dataclass(frozen=True, eq=False)
class Sheet:
    """One form: the rows of the table that answered it, its columns in the order of the form, their numbers there.

    Whoever did not come has no row. A question that was not answered has no points; an essay that waits has none
    yet and is a gap. Whoever sat this paper more than once has the row of the first time; `again` counts the rows
    that are left out for it.
    """

    table: Scored
    paper: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    orders: tuple[int, ...]
    again: int = 0

    @property
    def n(self) -> int:
        """How many came."""
        return len(self.rows)

    @property
    def names(self) -> list[str]:
        """The questions by their version: the same question has the same name on every form."""
        return [str(self.table.lines[at].version_id) for at in self.columns]

    @cached_property
    def responses(self) -> Responses:
        """Points by question; NaN where an essay waits."""
        import numpy as np  # noqa: PLC0415  (slow to import)

        from craftpath.engines.psychometrics import Responses  # noqa: PLC0415  (the same)

        points = self.table.points
        values = [
            [np.nan if (one := points[row][at]) is None else float(one) for at in self.columns]
            for row in self.rows
        ]
        shaped = np.array(values, dtype=np.float64).reshape(len(self.rows), len(self.columns))
        return Responses.of(shaped, self.names, None, [float(self.table.most[at]) for at in self.columns])

    @cached_property
    def classical(self) -> Classical:
        """Everything that is said without a model."""
        from craftpath.engines.psychometrics.items import classical  # noqa: PLC0415  (slow to import)

        return classical(self.responses)

    @cached_property
    def digest(self) -> str:
        """Of all that a model sees: the same columns have the same, so that a fit is made once."""
        found = hashlib.sha256(repr((self.names, self.responses.scores.shape)).encode())
        found.update(self.responses.scores.tobytes())
        found.update(self.responses.maxima.tobytes())
        return found.hexdigest()

    @cached_property
    def totals(self) -> list[float | None]:
        """The sum of each row; None while an essay waits."""
        sums = [self.table.total(row) for row in self.rows]
        return [None if one is None else float(one) for one in sums]

    @property
    def full(self) -> float:
        """All points of the form."""
        return float(sum(self.table.most[at] for at in self.columns))

    def given(self, place: int) -> list[Any]:
        """What each row answered to the question at this place."""
        return [self.table.given[row][self.columns[place]] for row in self.rows]


def sheets_of(table: Scored) -> Mapping[int, Sheet]:
    """Paper id → its sheet, the form that most had first; one query. A form that nobody came to has none."""
    came = [n for n in range(len(table.candidates)) if not table.absent(n)]
    present = _first_times(table, came)
    left = Counter(table.candidates[n].paper_id for n in set(came) - set(present))
    had = Counter(table.candidates[n].paper_id for n in present)
    orders: dict[int, dict[int, int]] = {}
    rows = PaperLine.objects.filter(paper__in=had).values_list("paper", "version", "order")
    for paper, version, order in rows:
        orders.setdefault(paper, {})[version] = order
    versions = [line.version_id for line in table.lines]
    found = {}
    for paper, _count in sorted(had.items(), key=lambda one: (-one[1], one[0])):
        places = sorted((order, versions.index(version)) for version, order in orders.get(paper, {}).items())
        if places:
            found[paper] = Sheet(
                table,
                paper,
                tuple(n for n in present if table.candidates[n].paper_id == paper),
                tuple(at for _order, at in places),
                tuple(order for order, _at in places),
                left[paper],
            )
    return found


def _first_times(table: Scored, came: Sequence[int]) -> list[int]:
    """The rows that count, in the order of the table: of each person at each paper the first time."""
    people = table.candidates
    first: dict[tuple[int, int], int] = {}
    for n in sorted(came, key=lambda n: (people[n].sitting.starts_at, people[n].pk)):
        first.setdefault((people[n].enrolment.person_id, people[n].paper_id), n)
    return sorted(first.values())
