"""The chart of a figure as SVG: bars from zero, each with its name and its number; colours are the style sheet's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from craftpath.delivery.exchange.bulletins.setting import number, spaced

_ACROSS, _ROW, _BAR = 360, 33, 13
_SIZE, _SMALL = 11.0, 8.6


def bars(figure: Mapping[str, Any], spoken: Sequence[str], colour: str = "#1f4e79") -> str:
    """The bars of a figure; empty where it has none."""
    rows = figure.get("bars", [])
    if not rows:
        return ""
    most = max(1, *(row["value"] for row in rows))
    height = len(rows) * _ROW + 2
    drawn = "".join(_row(row, place, most, spoken, colour) for place, row in enumerate(rows))
    label = "；".join(f"{_name(row, spoken[:1])} {row['value']}" for row in rows)
    return (
        f'<svg class="bl-bars" viewBox="0 0 {_ACROSS} {height}" role="img" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{drawn}'
        f'<path class="bl-zero" d="M0.5 0V{height}" stroke="{colour}" stroke-width="1"/></svg>'
    )


def _row(row: Mapping[str, Any], place: int, most: int, spoken: Sequence[str], colour: str) -> str:
    top = place * _ROW
    long = max(2.0, (_ACROSS - 52) * row["value"] / most)
    zh = row["label"].get("zh", "") if "zh" in spoken else ""
    en = row["label"].get("en", "") if "en" in spoken else ""
    first = zh or en or next(iter(row["label"].values()), "")
    second = en if zh and en and en != zh else ""
    beside = (
        f'<tspan class="bl-second" font-size="{_SMALL}" dx="4">{escape(second)}</tspan>' if second else ""
    )
    return (
        f'<text class="bl-label" x="4" y="{top + 11}" font-size="{_SIZE}" font-family="Paper">'
        f"{escape(spaced(first))}{beside}</text>"
        f'<rect class="bl-bar" x="0" y="{top + 14.5}" width="{long:.1f}" height="{_BAR - 2}" fill="{colour}"/>'
        f'<text class="bl-count" x="{long + 5:.1f}" y="{top + 24}" font-size="{_SIZE}" font-family="Paper">'
        f"{number(str(row['value']))}</text>"
    )


def _name(row: Mapping[str, Any], spoken: Sequence[str]) -> str:
    return next((row["label"][one] for one in spoken if row["label"].get(one)), "") or next(
        iter(row["label"].values()), ""
    )
