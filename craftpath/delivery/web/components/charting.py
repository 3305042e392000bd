"""Charts from figures: each payload carries the very table that stands under it, and draws no other number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import pgettext

from craftpath.delivery.web.components.tabled import Table, said, table

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure of one group. `why` is said where there is none; `out` is above, below, or neither.

    `tone` says whether being out of line is good, asks for attention, or is neither.
    """

    label: str
    value: Decimal | None
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    out: str = ""
    why: str = ""
    key: str = ""
    tone: str = "plain"

    @property
    def said(self) -> str:
        """The figure as it is read."""
        return said(self.value)

    @property
    def people(self) -> str:
        """Its n as it is read."""
        return said(self.n)


@dataclass(frozen=True, slots=True)
class Unit:
    """How the figures of an indicator are said: their word in the head of a column, and what follows a figure."""

    head: str
    mark: str = ""
    least: Decimal | None = None
    most: Decimal | None = None

    def said(self, value: Decimal | None) -> str:
        """A figure with its unit."""
        return said(value) + (self.mark if value is not None else "")


SIGNS = {"above": "▲", "below": "▼", "": ""}


def bars(rows: Sequence[Bar], *, of: str, unit: Unit, mean: Bar | None = None) -> Payload:
    """Groups one under the other, each with its interval; a dashed line where the whole lies."""
    found = bar_table(rows if mean is None else [*rows, mean], of=of, unit=unit)
    return {
        "kind": "bars",
        "n": None,
        "x": unit.head,
        "least": _plain(unit.least if unit.least is not None else None),
        "most": _top(rows, unit),
        "mean": _mean(mean, unit),
        "rows": [
            {
                "label": row.label,
                "value": _plain(row.value),
                "low": _plain(row.low),
                "high": _plain(row.high),
                "out": row.out,
                "tone": row.tone,
                "said": _said(row, unit),
                "tip": _tip(row, unit),
            }
            for row in rows
        ],
        "table": found.said,
    }


def bar_table(rows: Sequence[Bar], *, of: str, unit: Unit) -> Table:
    """The rows of that chart: figure, interval and n of each; instead of a hidden figure the reason."""
    head = [of, unit.head, pgettext("an interval", "from"), pgettext("an interval", "to"), "n"]
    return table(
        head,
        [
            (row.label, row.value if row.value is not None else row.why or None, row.low, row.high, row.n)
            for row in rows
        ],
    )


@dataclass(frozen=True, slots=True)
class Series:
    """One line over time: a figure for each period, or none with a reason."""

    name: str
    bars: tuple[Bar, ...]


def lines(series: Sequence[Series], periods: Sequence[str], *, of: str, unit: Unit) -> Payload:
    """Lines over time with their bands; a gap where a figure is absent or not shown."""
    return {
        "kind": "lines",
        "n": None,
        "x": list(periods),
        "y": unit.head,
        "least": _bottom(series, unit),
        "most": _plain(unit.most),
        "series": [_line(one, unit) for one in series],
        "table": line_table(series, periods, of=of, unit=unit).said,
    }


def line_table(series: Sequence[Series], periods: Sequence[str], *, of: str, unit: Unit) -> Table:
    """One line: a row a period with its interval. Several: a row a period, a column each."""
    if len(series) == 1:
        rows = [
            Bar(period, bar.value, bar.n, bar.low, bar.high, why=bar.why)
            for period, bar in zip(periods, series[0].bars, strict=True)
        ]
        return bar_table(rows, of=of, unit=unit)
    cells = [[bar.value if bar.value is not None else bar.why or None for bar in one.bars] for one in series]
    head = [of, *(f"{one.name} ({unit.head})" for one in series)]
    return table(head, [(period, *column) for period, *column in zip(periods, *cells, strict=True)])


def survival(series: Sequence[Series], times: Sequence[str], *, of: str, unit: Unit) -> Payload:
    """How many are still there after so many quarters, as steps."""
    found = lines(series, times, of=of, unit=unit)
    return {**found, "kind": "survival", "name": of, "least": 0}


@dataclass(frozen=True, slots=True)
class Step:
    """How many reached a step or teach in a layer; None with a reason where it is not shown.

    `word` stands beside the number, `gap` of them lack something; `apart` are those who do not go on from above.
    """

    label: str
    count: int | None
    word: str = ""
    why: str = ""
    gap: int = 0
    apart: bool = False

    @property
    def said(self) -> str:
        """The number as it is read."""
        return said(self.count) if self.count is not None else self.why


def funnel(steps: Sequence[Step], found: Table, *, kind: str = "funnel") -> Payload:
    """From those who began to those who arrived; or, as `layers`, from those at the top to those who are taught."""
    return {
        "kind": kind,
        "n": None,
        "steps": [
            {
                "label": one.label,
                "count": one.count,
                "said": one.said,
                "share": one.word,
                "gap": one.gap,
                "apart": one.apart,
                "tip": f"{one.label}: {one.said}" + (f" · {one.word}" if one.word else ""),
            }
            for one in steps
        ],
        "table": found.said,
    }


@dataclass(frozen=True, slots=True)
class Node:
    """A place on the ways, in the column where it stands; `tone` sets ends apart from what goes on."""

    key: str
    label: str
    depth: int
    tone: str = "indigo"


@dataclass(frozen=True, slots=True)
class Link:
    """How many went from one to another; None with a reason where it is not shown."""

    start: str
    end: str
    n: int | Decimal | None
    why: str = ""


def sankey(nodes: Sequence[Node], links: Sequence[Link], *, unit: Unit) -> Payload:
    """Ways as bands as wide as those who went. What is not shown is not drawn and stands in the table."""
    drawn = [one for one in links if one.n]
    into: dict[str, Any] = {}
    out: dict[str, Any] = {}
    for one in drawn:
        out[one.start] = out.get(one.start, 0) + one.n
        into[one.end] = into.get(one.end, 0) + one.n
    used = [one for one in nodes if one.key in into or one.key in out]
    return {
        "kind": "sankey",
        "n": None,
        "nodes": [
            {
                "key": one.key,
                "label": one.label,
                "depth": one.depth,
                "tone": one.tone,
                "said": said(max(into.get(one.key, 0), out.get(one.key, 0))) + unit.mark,
            }
            for one in used
        ],
        "links": [
            {"from": one.start, "to": one.end, "n": _plain(one.n), "said": said(one.n) + unit.mark}
            for one in drawn
        ],
        "table": sankey_table(nodes, links, unit=unit).said,
    }


def sankey_table(nodes: Sequence[Node], links: Sequence[Link], *, unit: Unit) -> Table:
    """From where, to where, how many."""
    names = {one.key: one.label for one in nodes}
    head = [pgettext("of a way", "From"), pgettext("of a way", "To"), unit.head]
    return table(
        head, [(names[one.start], names[one.end], one.n if one.n is not None else one.why) for one in links]
    )


def _line(one: Series, unit: Unit) -> dict[str, Any]:
    banded = any(bar.low is not None for bar in one.bars)
    return {
        "name": one.name,
        "values": [_plain(bar.value) for bar in one.bars],
        "said": [_tip(bar, unit, name=False) for bar in one.bars],
        "low": [_plain(bar.low) for bar in one.bars] if banded else None,
        "high": [_plain(bar.high) for bar in one.bars] if banded else None,
    }


def _plain(value: Decimal | int | None) -> float | int | None:
    """For drawing only: the figure itself stands beside it as text."""
    return None if value is None else (value if isinstance(value, int) else float(value))


def _top(rows: Sequence[Bar], unit: Unit) -> float | int | None:
    """A share is drawn up to 100 only where figures come near it, so that small ones are told apart."""
    if unit.most is None:
        return None
    highest = max((row.high or row.value or Decimal(0) for row in rows), default=Decimal(0))
    return _plain(unit.most) if highest * 2 > unit.most else None


def _bottom(series: Sequence[Series], unit: Unit) -> float | int | None:
    """Where the axis of lines begins: at zero, but for shares that all lie high, so that their moves are seen."""
    if unit.most != 100 or unit.least is None:
        return _plain(unit.least)
    known = [bar.low if bar.low is not None else bar.value for one in series for bar in one.bars]
    lowest = min((one for one in known if one is not None), default=Decimal(0))
    return 60 if lowest >= 65 else 40 if lowest >= 45 else 0


def _mean(mean: Bar | None, unit: Unit) -> dict[str, Any] | None:
    if mean is None or mean.value is None:
        return None
    return {"at": _plain(mean.value), "label": f"{mean.label} {unit.said(mean.value)}"}


def _said(row: Bar, unit: Unit) -> str:
    if row.value is None:
        return row.why or "–"
    return f"{unit.said(row.value)} {SIGNS[row.out]}".strip()


def _tip(row: Bar, unit: Unit, *, name: bool = True) -> str:
    pieces = [f"{row.label}: {_said(row, unit)}" if name else _said(row, unit)]
    if row.low is not None and row.high is not None and row.value is not None:
        pieces.append(f"{said(row.low)}–{said(row.high)}")
    if row.n is not None:
        pieces.append(f"n = {said(row.n)}")
    return " · ".join(pieces)
