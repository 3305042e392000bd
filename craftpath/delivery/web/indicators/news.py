"""What an office wants to know first: what changed, what is out of line, and where to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.delivery.web.components.charting import Bar
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.asking import GROUPS, TOGETHER, Offered
from craftpath.delivery.web.indicators.reading import Ask
from craftpath.domain.insight.queries import Row
from craftpath.engines.indicators import NOT_APPLICABLE

if TYPE_CHECKING:
    from craftpath.engines.indicators import Indicator

MOST = 4
ENDING = ("apprenticeship", "risk")
"""Tables of which a stage says how far somebody came: whoever completed did so in the last one, so stages are no groups
to compare."""


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator that moved beyond chance since the quarter before; `good` where it is known which way is better."""

    indicator: Indicator
    now: Bar
    before: Bar
    way: str

    @property
    def mark(self) -> str:
        """What follows its figures."""
        return saying.unit(self.indicator).mark

    @property
    def tone(self) -> str:
        """Good, attention, or neither."""
        return saying.tone(self.indicator, self.way)


@dataclass(frozen=True, slots=True)
class Outlier:
    """A group whose interval leaves out the figure of all."""

    indicator: Indicator
    dimension: str
    one: Bar
    whole: Bar
    way: str

    @property
    def mark(self) -> str:
        """What follows its figures."""
        return saying.unit(self.indicator).mark

    @property
    def tone(self) -> str:
        """Good, attention, or neither."""
        return saying.tone(self.indicator, self.way)

    @property
    def far(self) -> Decimal:
        """How far the nearer end of its interval lies from the whole, as a share of the whole."""
        near = self.one.low if self.way == "above" else self.one.high
        if near is None or not self.whole.value:
            return Decimal(0)
        return abs(near - self.whole.value) / abs(self.whole.value)


@dataclass(frozen=True, slots=True)
class Place:
    """A group that is worse than the whole in several indicators."""

    dimension: str
    key: str
    label: str
    found: tuple[Outlier, ...]


def changes(lot: Sequence[tuple[Indicator, Bar, Bar]]) -> list[Change]:
    """Those that moved, what needs attention first."""
    found = [
        Change(indicator, now, before, way)
        for indicator, now, before in lot
        if (way := saying.moved(now, before))
    ]
    return sorted(found, key=lambda one: one.tone != "attention")


def outliers(
    indicators: Sequence[Indicator], period: str, wholes: Mapping[str, Row], choices: Offered, ask: Ask
) -> list[Outlier]:
    """Groups out of line in a quarter, or in all, the furthest first; one question a dimension."""
    by_key = {one.key: one for one in indicators if one.interval}
    found = []
    for dimension in GROUPS:
        if len(choices.groups[dimension]) < 2:
            continue
        for row in ask(list(by_key), (dimension,), {} if period == TOGETHER else {"period": period}):
            indicator, value = by_key.get(row.key), row.dims.get(dimension)
            if indicator is None or value in (None, NOT_APPLICABLE):
                continue
            if dimension == "stage" and indicator.table in ENDING:
                continue
            whole = saying.bar(indicator, wholes.get(row.key), "")
            one = saying.bar(indicator, row, choices.name(dimension, value), key=value)
            way = saying.apart(one, whole)
            if way:
                found.append(Outlier(indicator, dimension, one, whole, way))
    return sorted(found, key=lambda one: (one.tone != "attention", -one.far, one.one.label))


def where_to_look(found: Sequence[Outlier]) -> list[Place]:
    """Groups by how often they are worse than the whole."""
    by_group: dict[tuple[str, str], list[Outlier]] = {}
    for one in found:
        if one.tone == "attention":
            by_group.setdefault((one.dimension, one.one.key), []).append(one)
    places = [Place(*key, rows[0].one.label, tuple(rows)) for key, rows in by_group.items()]
    return sorted(places, key=lambda one: (-len(one.found), one.label))
