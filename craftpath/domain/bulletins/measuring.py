"""How many lines words need: counted as they are set, by the width of their letters. No input, no output.

The widths lie a little above those of the faces that papers are printed with, so that what fits here fits there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from craftpath.domain.bulletins.places import Field

_NARROW = frozenset("iljftrI.,;:'!|()[] -")
_WIDE = frozenset("mwMWQO@%&")
_TOKEN = re.compile(r"[^\S\n]+|[!-~\u00a0-\u024f\u2010-\u2027]+|.", re.DOTALL)
_HAIR = 1e-6
INDENT = 2.0
"""Em by which the first line of a Chinese paragraph stands back."""


@cache
def width_of(letter: str) -> float:
    """The width of a letter in em."""
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2E80:
        return 1.0
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE:
        return 0.88
    return 0.68 if letter.isupper() else 0.565


def width(words: str) -> float:
    """The width of a line in em."""
    return sum(map(width_of, words))


def lines(words: str, em: float, *, indent: float = 0.0) -> int:
    """How many lines of that width the words need; an empty paragraph needs none."""
    return sum(_paragraph(one, em, indent) for one in paragraphs(words))


def paragraphs(words: str) -> list[str]:
    """What stands between line breaks, without empty ones."""
    return [one.strip() for one in words.splitlines() if one.strip()]


def _paragraph(words: str, em: float, indent: float) -> int:
    count, used = 1, indent
    for token in _TOKEN.findall(words):
        wide = width(token)
        if token.isspace():
            used += wide
            continue
        if used + wide <= em + _HAIR:
            used += wide
        elif wide <= em:
            count, used = count + 1, wide
        else:  # a word longer than a line is broken
            over = used + wide
            count += int(over // em)
            used = over % em
    return count


@dataclass(frozen=True, slots=True)
class Over:
    """Words that do not fit: by how many lines, and about how many letters that is."""

    place: str
    field: str
    spoken: str
    lines: int
    letters: int


def too_long(place: str, field: Field, words: str, shape: str) -> Over | None:
    """By how much the words of a field are too long, if they are."""
    em, most = field.holds(shape)
    spoken = shape.rstrip("+")
    needed = lines(words, em, indent=INDENT if field.paragraphs and spoken == "zh" else 0.0)
    if needed <= most:
        return None
    return Over(place, field.name, spoken, needed - most, _letters_over(words, em, most, field, spoken))


def _letters_over(words: str, em: float, most: int, field: Field, spoken: str) -> int:
    """How many letters at the end have to go until it fits: halved towards, so that long texts take no longer."""
    indent = INDENT if field.paragraphs and spoken == "zh" else 0.0
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if lines(words[:middle], em, indent=indent) <= most:
            low = middle
        else:
            high = middle - 1
    return len(words) - low


def every_letter(value: object) -> Iterator[str]:
    """All texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from every_letter(one)
    elif isinstance(value, list):
        for one in value:
            yield from every_letter(one)
