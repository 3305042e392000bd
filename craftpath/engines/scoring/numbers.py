"""A figure as people write it, read exactly; and texts compared as the item says."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from craftpath.engines.scoring.types import Fold

_LONGEST = 40
_FIGURE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?\Z", re.ASCII)
_SHARE = re.compile(r"([+-]?\d{1,18})/(\d{1,18})\Z", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|\Z))")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-"})


def read_number(text: str, unit: str = "") -> Fraction | None:
    """The figure that a text says, or None: full width, a unit, `1,250`, `12,5`, `3/4`, `1.2e3` are read."""
    if len(text) > 4 * _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS)
    plain = "".join(plain.split())
    behind = "".join(unicodedata.normalize("NFKC", unit).split())
    if behind and plain.casefold().endswith(behind.casefold()):
        plain = plain[: -len(behind)]
    if len(plain) > _LONGEST:
        return None
    plain = _THOUSANDS.sub("", plain)
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if share := _SHARE.match(plain):
        return Fraction(int(share[1]), int(share[2])) if int(share[2]) else None
    return Fraction(plain) if _FIGURE.match(plain) else None


def folded(text: str, fold: Fold) -> str:
    """A text without the differences that do not count."""
    if fold.width:
        text = unicodedata.normalize("NFKC", text)
    if fold.case:
        text = text.casefold()
    return "".join(text.split()) if fold.space else text.strip()
