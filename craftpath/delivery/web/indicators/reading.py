"""Figures of an organisation gathered for a page: the same few questions whatever the number of groups and quarters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.components.charting import (
    Bar,
    Series,
    Unit,
    bar_table,
    bars,
    line_table,
    lines,
)
from craftpath.delivery.web.components.sparks import Spark, spark
from craftpath.delivery.web.components.tabled import Table, table
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.asking import TOGETHER, Asked, Offered
from craftpath.domain.insight.queries import Row

if TYPE_CHECKING:
    from craftpath.engines.indicators import Indicator

Ask = Callable[[Iterable[str], Iterable[str], Mapping[str, str]], list[Row]]
"""Asks for figures: of an organisation's members, or of everybody."""
MOST_GROUPS = 60
"""Groups of one chart; more are in the table and in the file."""
MOST_SMALL = 12


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator as a page tells it."""

    indicator: Indicator
    unit: Unit
    period: str
    now: Bar
    before: Bar
    over_time: Series
    whole_over_time: Series | None
    periods: tuple[str, ...]
    groups: tuple[Bar, ...]
    whole: Bar
    of: str
    small: tuple[tuple[str, Series], ...]

    @property
    def moved(self) -> str:
        """Whether it changed beyond chance since the quarter before."""
        return saying.moved(self.now, self.before)

    @property
    def axis(self) -> list[str]:
        """Quarters as an axis says them."""
        return [saying.quarter_short(one) for one in self.periods]

    @property
    def series(self) -> list[Series]:
        """The chosen group first, then all."""
        return [self.over_time, *([self.whole_over_time] if self.whole_over_time else [])]

    def time_chart(self) -> dict[str, Any] | None:
        """Over time; nothing where no quarter has a figure."""
        if all(bar.value is None for one in self.series for bar in one.bars):
            return None
        return lines(self.series, self.axis, of=_("Quarter"), unit=self.unit)

    def time_table(self) -> Table:
        """Its table."""
        return line_table(self.series, self.axis, of=_("Quarter"), unit=self.unit)

    def group_chart(self) -> dict[str, Any] | None:
        """Groups beside one another; nothing where none has a figure."""
        if all(bar.value is None for bar in self.groups):
            return None
        shown = self.groups[:MOST_GROUPS]
        drawn = bars(shown, of=self.of, unit=self.unit, mean=self.whole)
        return {**drawn, "table": self.group_table().said}

    def group_table(self) -> Table:
        """All groups and the whole."""
        return bar_table([*self.groups, self.whole], of=self.of, unit=self.unit)

    def small_table(self) -> Table:
        """Groups over time, a column a quarter."""
        head = [f"{self.of} ({self.unit.head})", *self.axis]
        return table(
            head,
            [
                (name, *(bar.value if bar.value is not None else bar.why or None for bar in series.bars))
                for name, series in self.small
            ],
        )

    def small_sparks(self) -> list[tuple[str, Spark | None, Bar]]:
        """Groups over time as small lines on one scale."""
        known = [bar.value for _name, one in self.small for bar in one.bars if bar.value is not None]
        ends = (min(known), max(known)) if known else None
        found = []
        for name, series in self.small[:MOST_SMALL]:
            values = [bar.value for bar in series.bars]
            said = "; ".join(
                f"{when} {self.unit.said(bar.value) if bar.value is not None else bar.why}"
                for when, bar in zip(self.axis, series.bars, strict=True)
            )
            found.append((name, spark(values, said, ends=ends), series.bars[-1]))
        return found


def tell(indicator: Indicator, wish: Asked, choices: Offered, ask: Ask, *, small: bool = True) -> Told:
    """Gather one indicator: over time, by groups in a quarter or in all, and groups over time.

    Where nobody asks for a quarter and none has a figure of its own, all are shown together.
    """
    keys, periods = [indicator.key], tuple(reversed(choices.periods))
    rows, together = _by_period(ask(keys, ("period",), wish.where)), _together(ask, keys, wish.where)
    period = wish.period or newest(rows.values(), wish.now) or (periods[-1] if periods else "")
    nothing_apart = all(row.value is None for row in rows.values())
    if not wish.period and nothing_apart and any(row.value is not None for row in together.values()):
        period = TOGETHER
    rows |= together
    label = choices.name(wish.only, wish.value) if wish.only else saying.whole()
    whole_rows = rows
    if wish.only:
        whole_rows = _by_period(ask(keys, ("period",), {})) | _together(ask, keys, {})
    over_time = _series(indicator, label, periods, rows)
    whole_time = _series(indicator, saying.whole(), periods, whole_rows) if wish.only else None
    whole = saying.bar(indicator, whole_rows.get(period), saying.whole())
    groups = _groups(indicator, wish, choices, ask, period, whole) if period else []
    lot: list[tuple[str, Series]] = []
    if small and len(groups) > 1:
        lot = _small(indicator, wish, choices, ask, periods, groups)
    at = periods.index(period) if period in periods else -1
    nothing = Bar(label, None, why="–")
    now = over_time.bars[at] if at >= 0 else nothing
    if period == TOGETHER:
        now = saying.bar(indicator, rows.get(TOGETHER), label)
    return Told(
        indicator, saying.unit(indicator), period, now, over_time.bars[at - 1] if at > 0 else nothing,
        over_time, whole_time, periods, tuple(groups), whole, str(saying.DIMENSIONS[wish.by]), tuple(lot),
    )  # fmt: skip


def _by_period(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by their quarter; what is not recorded here has one row without any."""
    return {row.dims["period"]: row for row in rows if "period" in row.dims}


def _together(ask: Ask, keys: list[str], where: Mapping[str, str]) -> dict[str, Row]:
    """The row of all quarters together, if there is one."""
    row = next(iter(ask(keys, (), where)), None)
    return {} if row is None else {TOGETHER: row}


def newest(rows: Iterable[Row], now: str) -> str:
    """The last quarter that is over and has a figure; without one the last with a figure, then the last of all."""
    known = []
    for row in rows:
        period = row.dims.get("period", "")
        known.append((row.value is not None, row.value is not None and period < now, period))
    return max(known, default=(False, False, ""))[2]


def _series(indicator: Indicator, name: str, periods: Sequence[str], rows: Mapping[str, Row]) -> Series:
    return Series(name, tuple(saying.bar(indicator, rows.get(one), one, key=one) for one in periods))


def _groups(
    indicator: Indicator, wish: Asked, choices: Offered, ask: Ask, period: str, whole: Bar
) -> list[Bar]:
    """Groups of one quarter by their figures, those without one at the end; a sign where chance does not explain it."""
    found = []
    for row in ask([indicator.key], (wish.by,), {} if period == TOGETHER else {"period": period}):
        value = row.dims.get(wish.by)
        if value is None:
            continue
        one = saying.bar(indicator, row, choices.name(wish.by, value), key=value)
        way = saying.apart(one, whole)
        found.append(replace(one, out=way, tone=saying.tone(indicator, way)))
    if wish.by == "stage":  # stages have an order of their own
        order = {value: at for at, (value, _name) in enumerate(choices.groups["stage"])}
        return sorted(found, key=lambda one: order.get(one.key, len(order)))
    down = indicator.better.value == "down"
    return sorted(found, key=lambda one: _order(one, down=down))


def _order(one: Bar, *, down: bool) -> tuple[bool, Any, str]:
    if one.value is None:
        return (True, 0, one.label)
    return (False, one.value if down else -one.value, one.label)


def _small(
    indicator: Indicator,
    wish: Asked,
    choices: Offered,
    ask: Ask,
    periods: Sequence[str],
    groups: Sequence[Bar],
) -> list[tuple[str, Series]]:
    by_group: dict[str, dict[str, Row]] = {}
    for row in ask([indicator.key], (wish.by, "period"), {}):
        if "period" in row.dims:
            by_group.setdefault(row.dims[wish.by], {})[row.dims["period"]] = row
    return [
        (one.label, _series(indicator, one.label, periods, by_group[one.key]))
        for one in groups
        if one.key in by_group
    ]
