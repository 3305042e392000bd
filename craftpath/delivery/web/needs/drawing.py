"""Drawings of needs as plain numbers: the map for the chart, bars, slopes and tints for the templates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.itemreport.figures import number
from craftpath.delivery.web.needs.saying import signed
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.needs.texts import QUADRANTS

Told = Mapping[str, Any]
TINTS = 5


def shown(figures: Told) -> list[Told]:
    """Skills that have figures, the most needed by weighted need first."""
    rows = [row for row in figures["items"] if "why" not in row]
    return sorted(rows, key=lambda row: row["ranks"]["mwds"]["place"])


def map_of(figures: Told) -> dict[str, Any] | None:
    """The importance-performance map as the chart takes it, with its table."""
    lines, rows = figures["grid"], shown(figures)
    if lines is None or not rows:
        return None
    low, high = figures["scale"]
    return {
        "kind": "map",
        "n": figures["people"],
        "x": _("Own level"),
        "y": _("Importance"),
        "ends": [_ends(rows, "ability", low, high), _ends(rows, "importance", low, high)],
        "lines": [lines["ability"], lines["importance"]],
        "fields": {key: str(label) for key, label in QUADRANTS.items()},
        "points": [
            {
                "label": text(row["name"]),
                "x": row["ability"]["value"],
                "y": row["importance"]["value"],
                "field": row["quadrant"],
            }
            for row in rows
        ],
        "table": {
            "head": [_("Skill"), _("Importance"), _("Own level"), "n", pgettext("of the map", "Field")],
            "rows": [
                [
                    text(row["name"]),
                    number(row["importance"]["value"]),
                    number(row["ability"]["value"]),
                    row["n"],
                    str(QUADRANTS[row["quadrant"]]),
                ]
                for row in rows
            ],
        },
    }


def _ends(rows: Sequence[Told], side: str, low: float, high: float) -> list[float]:
    """A window onto the scale that holds all means with some room, in half points."""
    values = [row[side]["value"] for row in rows]
    first, last = math.floor(2 * min(values) - 0.2) / 2, math.ceil(2 * max(values) + 0.2) / 2
    return [max(low, first), min(high, last)]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its interval; places in percent of the width."""

    x: str
    width: str
    low: str = ""
    high: str = ""
    zero: str = "0"


def bars(values: Sequence[Told]) -> list[Bar]:
    """Bars from nothing, on one scale that holds every interval."""
    ends = [end for one in values for end in (one["value"], one["low"], one["high"]) if end is not None]
    least, most = min(0.0, *ends, 0.0), max(0.0, *ends, 0.0)
    room = (most - least) or 1.0

    def at(value: float) -> float:
        return 100 * (value - least) / room

    return [
        Bar(
            _place(min(at(0), at(one["value"]))),
            _place(abs(at(one["value"]) - at(0))),
            "" if one["low"] is None else _place(at(one["low"])),
            "" if one["high"] is None else _place(at(one["high"])),
            _place(at(0)),
        )
        for one in values
    ]


def _place(value: float) -> str:
    return f"{value:.2f}"


@dataclass(frozen=True, slots=True)
class Slope:
    """One skill's place by each method, from the top; `apart` where the places differ by much."""

    name: str
    ends: tuple[tuple[int, int], ...]
    places: tuple[int, ...]
    apart: bool


STEP = 22


def slopes(figures: Told) -> dict[str, Any] | None:
    """Ranks by the three methods as lines from column to column; None for fewer than three skills."""
    rows = shown(figures)
    if len(rows) < 3:  # noqa: PLR2004  (there is no order to compare)
        return None
    many = max(len(rows) // 4, 2)
    found = []
    for at, row in enumerate(rows, start=1):
        places = tuple(row["ranks"][name]["place"] for name in ("mwds", "rds", "gap"))
        ups = [STEP * place - STEP // 2 for place in (at, *places[1:])]  # the first end meets its name
        apart = max(places) - min(places) >= many
        found.append(Slope(text(row["name"]), tuple(zip(ups[:-1], ups[1:], strict=True)), places, apart))
    return {"rows": found, "height": STEP * len(rows), "apart": [one for one in found if one.apart]}


def dumbbell(before: float, after: float, low: float, high: float) -> dict[str, str]:
    """Two dots on one scale, in percent."""
    room = high - low
    return {"before": _place(100 * (before - low) / room), "after": _place(100 * (after - low) / room)}


MEASURES = ("mwds", "gap", "importance", "ability", "rds")


def heat(row: Told, measure: str) -> float | None:
    """The figure of a cell by which it is tinted; None where it is hidden or nobody answered."""
    return None if "why" in row else row[measure]["value"]


def tinted(cells: Sequence[Sequence[Told]], measure: str) -> list[list[dict[str, Any]]]:
    """Cells with their words and one of five tints; the deepest is the greatest need (or the highest mean)."""
    sign = -1 if measure in ("rds",) else 1
    values = [sign * value for row in cells for cell in row if (value := heat(cell, measure)) is not None]
    least, most = (min(values), max(values)) if values else (0.0, 0.0)
    room = (most - least) or 1.0
    places = 0 if measure == "rds" else 2
    told = []
    for row in cells:
        line = []
        for cell in row:
            value = heat(cell, measure)
            if value is None:
                line.append({"why": cell["why"], "tint": "", "words": "", "n": cell["n"]})
                continue
            tint = min(int(TINTS * (sign * value - least) / room), TINTS - 1)
            words = signed(value) if measure == "gap" else number(value, places)
            line.append({"why": "", "tint": tint, "words": words, "n": cell["n"]})
        told.append(line)
    return told
