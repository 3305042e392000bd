"""Invented figures for the gallery: each kind of chart of the pages of indicators. Nothing here is read elsewhere."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.components.charting import (
    Bar,
    Link,
    Node,
    Series,
    Step,
    Unit,
    bars,
    funnel,
    lines,
    sankey,
    survival,
)
from craftpath.delivery.web.components.sparks import Spark, spark
from craftpath.delivery.web.components.tabled import table

UNIT = Unit("%", "%", D(0), D(100))
QUARTERS = ("2025 Q1", "2025 Q2", "2025 Q3", "2025 Q4", "2026 Q1", "2026 Q2", "2026 Q3")


def charts() -> dict[str, dict[str, Any]]:
    """One of each kind."""
    return {
        "bars": _bars(),
        "lines": _lines(),
        "survival": _survival(),
        "funnel": _funnel(),
        "layers": _layers(),
        "sankey": _sankey(),
    }


def small_line() -> Spark | None:
    """A line with a gap."""
    values = [D(71), D(74), None, D(78), D(80), D(79), D(83)]
    return spark(values, "71, 74, –, 78, 80, 79, 83")


def _bars() -> dict[str, Any]:
    rows = [
        Bar("1 · " + _("Enterprise"), D("93.1"), 58, D("83.6"), D("97.3"), "above"),
        Bar("2 · " + _("Enterprise"), D("85.0"), 40, D("70.9"), D("92.9")),
        Bar("3 · " + _("Enterprise"), D("79.6"), 103, D("70.8"), D("86.2")),
        Bar("4 · " + _("Enterprise"), D("61.2"), 85, D("50.6"), D("70.8"), "below"),
        Bar("5 · " + _("Enterprise"), None, why="–"),
    ]
    return bars(rows, of=_("Enterprise"), unit=UNIT, mean=Bar(_("All"), D("78.7"), 286, D("73.6"), D("83.0")))


def _lines() -> dict[str, Any]:
    values = [D(71), D(74), None, D(78), D(80), D(79), D(83)]
    first = tuple(
        Bar(when, value, None if value is None else 120, *((value - 6, value + 5) if value else (None, None)))
        for when, value in zip(QUARTERS, values, strict=True)
    )
    second = tuple(Bar(when, D(76 + at), 900) for at, when in enumerate(QUARTERS))
    return lines([Series("1", first), Series(_("All"), second)], QUARTERS, of=_("Quarter"), unit=UNIT)


def _survival() -> dict[str, Any]:
    ends = {"2023": (100, 97, 93, 92, 90, 88, 61, 24), "2024": (100, 95, 90, 86, 84, 82, None, None)}
    series = [
        Series(
            name,
            tuple(
                Bar(
                    name,
                    None if one is None else D(one),
                    None if one is None else 84,
                    *((D(max(one - 6, 0)), D(min(one + 4, 100))) if one is not None and at else (None, None)),
                )
                for at, one in enumerate(shares)
            ),
        )
        for name, shares in ends.items()
    ]
    return survival(series, [str(one) for one in range(8)], of=_("Quarter"), unit=UNIT)


def _funnel() -> dict[str, Any]:
    steps = [
        Step("1", 214),
        Step("2", 188, "87.9%"),
        Step("3", 160, "74.8%"),
        Step("4", None, why="–"),
        Step("5", 96, "44.9%"),
    ]
    return funnel(steps, table(["", "n"], [(one.label, one.count) for one in steps]))


def _layers() -> dict[str, Any]:
    steps = [Step("1", 4), Step("2", 22, "3", gap=3), Step("3", 88)]
    return funnel(steps, table(["", "n"], [(one.label, one.count) for one in steps]), kind="layers")


def _sankey() -> dict[str, Any]:
    nodes = [Node("a", "A", 0), Node("b", "B", 1), Node("c", "C", 2, "jade"), Node("d", "D", 2, "ochre")]
    links = [Link("a", "b", 90), Link("a", "d", 12), Link("b", "c", 70), Link("b", "d", None, "–")]
    return sankey(nodes, links, unit=Unit("n"))
