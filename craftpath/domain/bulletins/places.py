"""The places of two sheets: what stands where, and how many lines each holds.

A line is a line of the body. The sheets are built of such lines, so that what is counted here is what is printed. In
two languages both columns stand beside one another, Chinese narrower than English since it says the same in less; in
one language the text runs through two equal columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

WORDS, PICTURE, FIGURES, CHART, VOICES, DATES, MASTHEAD, IMPRINT = (
    "words", "picture", "figures", "chart", "voices", "dates", "masthead", "imprint",
)  # fmt: skip
MOST_FIGURES = 4
MOST_VOICES = 2
MOST_DATES = 4
SAID = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Field:
    """Words of a place: how wide a line is, in the size of its letters, and how many lines there are."""

    name: str
    width: Mapping[str, float]
    lines: Mapping[str, int]
    paragraphs: bool = False

    def holds(self, shape: str) -> tuple[float, int]:
        """(em of a line, lines) in a shape: zh or en alone, or beside one another."""
        return self.width[shape], self.lines[shape]


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `needed` says that a bulletin has no gap there."""

    key: str
    kind: str
    sheet: int
    fields: tuple[Field, ...] = ()
    needed: bool = False

    def field(self, name: str) -> Field:
        """One of its fields."""
        return next(one for one in self.fields if one.name == name)


def shape_of(language: str, spoken: str) -> str:
    """How the words of one language stand: alone, or beside those of the other."""
    return spoken if language != "both" else f"{spoken}+"


def _width(zh: float, en: float, zh_beside: float, en_beside: float) -> dict[str, float]:
    return {"zh": zh, "en": en, "zh+": zh_beside, "en+": en_beside}


def _lines(alone: int, beside: int) -> dict[str, int]:
    return {"zh": alone, "en": alone, "zh+": beside, "en+": beside}


SECOND = {22: 12, 16: 10}
"""Size of a Chinese head in points → of the English one below it."""


def _head(size: int) -> Field:
    # 180 mm: in letters of 22 points some 23 em; beside one another the English head is smaller and stands below.
    wide, below = 180 / (size * 0.3528) - 0.3, 180 / (SECOND[size] * 0.3528) - 0.3
    return Field("head", _width(wide, wide, wide, below), _lines(2, 1))


def _body(alone: int, beside: int) -> Field:
    return Field("body", _width(26.3, 27.5, 21.8, 33.5), _lines(alone, beside), paragraphs=True)


_IMPRINT = {"zh": 7, "en": 7, "zh+": 3, "en+": 4}
PLACES: tuple[Place, ...] = (
    Place(
        "masthead",
        MASTHEAD,
        1,
        (
            Field("title", _width(13, 13, 13, 30), _lines(1, 1)),
            Field("motto", _width(34, 34, 34, 34), _lines(1, 1)),
        ),
        needed=True,
    ),
    Place("lead", WORDS, 1, (_head(22), _body(24, 12)), needed=True),
    Place("lead_picture", PICTURE, 1, (Field("caption", _width(60, 60, 28, 34), _lines(1, 1)),)),
    Place("figures", FIGURES, 1),
    Place("chart", CHART, 1),
    Place("workshop", WORDS, 2, (_head(16), _body(20, 9))),
    Place("report_picture", PICTURE, 2, (Field("caption", _width(60, 60, 28, 34), _lines(1, 1)),)),
    Place("voices", VOICES, 2),
    Place("case", WORDS, 2, (_head(16), _body(14, 7))),
    Place("dates", DATES, 2, (Field("what", _width(24, 27, 24, 27), _lines(2, 1)),)),
    Place(
        "imprint",
        IMPRINT,
        2,
        (Field("words", _width(17.3, 18.3, 17.3, 18.3), _IMPRINT),),
        needed=True,
    ),
)
BY_KEY = {place.key: place for place in PLACES}
VOICE_WORDS = Field("words", _width(22, 24, 22, 24), {"zh": 7, "en": 7, "zh+": 3, "en+": 4})
"""A voice stands in one half of the sheet."""
VOICE_ABOUT = Field("about", _width(25, 26, 25, 26), _lines(1, 1))


@dataclass(frozen=True, slots=True)
class Said:
    """Words in the languages of a bulletin, as a block keeps them."""

    words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Any) -> Said:
        """What a JSON column says; whatever is no text is left out."""
        table = kept if isinstance(kept, Mapping) else {}
        return cls({key: value for key, value in table.items() if key in SAID and isinstance(value, str)})


def spoken_in(language: str) -> tuple[str, ...]:
    """The languages of a bulletin, Chinese first."""
    return SAID if language == "both" else (language,)
