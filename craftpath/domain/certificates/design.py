"""How a paper may look: a few colours and borders, and who signs; the printout draws them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLOURS = {
    "pine": "#1f5d4c",
    "indigo": "#27408b",
    "cinnabar": "#a33b2a",
    "bronze": "#8a5a1f",
    "ink": "#2b2f36",
}
BORDERS = ("double", "line", "corners", "none")
LONGEST = 80


def read(given: Mapping[str, Any]) -> dict[str, Any]:
    """A design as it is kept: `colour` and `border` by their keys, `signatory` and `position` as {zh, en}.

    What nobody draws falls back to the first.
    """
    colour, border = given.get("colour"), given.get("border")
    kept: dict[str, Any] = {
        "colour": colour if colour in COLOURS else "pine",
        "border": border if border in BORDERS else BORDERS[0],
    }
    for name in ("signatory", "position"):
        words = given.get(name) or {}
        said = {
            language: str(words[language]).strip()[:LONGEST]
            for language in ("zh", "en")
            if words.get(language)
        }
        if any(said.values()):
            kept[name] = said
    return kept
