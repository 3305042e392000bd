"""The arithmetic of bars and rings: plain numbers in, SVG attributes (strings) out.

The strict content policy allows no `style=""`, so every length is an attribute. Lengths are drawn, never decided on:
a drawn bar may be off by a hundredth of a point, a printed figure is the exact one that the page was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString, mark_safe

# A component of 3-3-4 has its own colour and sign on every page; the components of other schemes take turns.
_OWN = {"process": "process", "practical_activity": "practical", "final_exam": "exam"}
_IN_TURN = ("process", "practical", "exam")

# One turn of the ring is 100 long (pathLength), minus a gap after each part so that the parts stay apart.
GAP = 1.6


def colour(key: str, place: int) -> str:
    """The fixed colour of a component, by its key and its place in the scheme (from 0)."""
    return _OWN.get(key, _IN_TURN[place % len(_IN_TURN)])


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a result: points on the scale 0-100 of the whole.

    `key` chooses the fixed colour and sign: process, practical or exam. `weight` is what the part can give at most;
    what is neither `earned` nor `open` is gone. `short` is the name for narrow places.
    """

    key: str
    label: str
    weight: Decimal
    earned: Decimal
    open: Decimal = Decimal(0)
    short: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part with its place in the drawing, in percent of the whole length."""

    part: Part
    start: str
    width: str
    earned: str
    open_start: str
    open: str
    open_end: str


def segments(parts: Iterable[Part | Mapping[str, Any]]) -> list[Segment]:
    """Lay the parts side by side along a bar, each as long as its weight."""
    known = [_part(part) for part in parts]
    whole = float(sum(part.weight for part in known)) or 1.0
    placed, start = [], 0.0
    for part in known:
        scale = 100 / whole
        width = float(part.weight) * scale
        earned = min(float(part.earned) * scale, width)
        still = min(float(part.open) * scale, width - earned)
        placed.append(
            Segment(
                part=part,
                start=_number(start),
                width=_number(width),
                earned=_number(earned),
                open_start=_number(start + earned),
                open=_number(still),
                open_end=_number(start + earned + still),
            )
        )
        start += width
    return placed


@dataclass(frozen=True, slots=True)
class Arc:
    """A part with its three dash patterns on a ring whose `pathLength` is 100."""

    part: Part
    whole: str
    earned: str
    still: str
    offset: str
    still_offset: str


def arcs(parts: Iterable[Part | Mapping[str, Any]]) -> list[Arc]:
    """Lay the parts around a ring, clockwise from the top, with a small gap between them."""
    drawn = []
    for segment in segments(parts):
        start, width = float(segment.start), float(segment.width)
        room = max(width - GAP, 0.0)
        shrink = room / width if width else 0.0
        earned, still = float(segment.earned) * shrink, float(segment.open) * shrink
        drawn.append(
            Arc(
                part=segment.part,
                whole=_dashes(room),
                earned=_dashes(earned),
                still=_dashes(still),
                offset=_number(-start - GAP / 2),
                still_offset=_number(-start - GAP / 2 - earned),
            )
        )
    return drawn


def initials(name: object) -> str:
    """One or two letters for a person: the last Han character, else the first letters of the outer words."""
    text = str(name or "").strip()
    if text and "\u4e00" <= text[-1] <= "\u9fff":
        return text[-1]
    words = [word for word in text.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "·"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def choices(options: Iterable[tuple[object, object]], chosen: object) -> SafeString:
    """The options of a select, (value, words) each; written at once, as a template takes a while for a long list."""
    wanted, pieces = str(chosen), []
    for key, words in options:
        mark = " selected" if str(key) == wanted else ""
        pieces.append(f'<option value="{escape(str(key))}"{mark}>{escape(str(words))}</option>')
    return mark_safe("".join(pieces))  # noqa: S308 - both texts are escaped


def figure(value: object, decimals: int | None = None) -> str:
    """A figure as it is read; None and "" are a dash.

    Without `decimals` trailing zeros go; with them (a column of figures) all have the same length. The page gives
    figures that are already rounded: here zeros are added, nothing is decided.
    """
    if value is None or value == "":
        return "–"
    if type(value) is int:
        return f"{value:,}"  # counts as the charts write them, in both languages
    if isinstance(value, Decimal) and decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    elif isinstance(value, Decimal):
        plain = value.normalize()
        value = plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
    return str(formats.localize(value))


def _part(part: Part | Mapping[str, Any]) -> Part:
    return part if isinstance(part, Part) else Part(**part)


def _dashes(length: float) -> str:
    return f"{_number(length)} {_number(100 - length)}"


def _number(value: float) -> str:
    return f"{value + 0.0:.3f}".replace("-0.000", "0.000")
