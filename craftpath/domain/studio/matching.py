"""Which tasks of two lists say the same, and by what: the same card, the same words, or words that are close."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from craftpath.values.text import LANGUAGES, Text

CLOSE = 60
"""Percent of shared word parts from which two wordings are taken for one task; shown beside each such pair."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[^\W_]+")
Keyed = tuple[str, Text]
"""(key, words)"""


@dataclass(frozen=True, slots=True)
class Pair:
    """`one` of the first list is `other` of the second: `by` is card, words or close; `percent` is how close."""

    one: str
    other: str
    by: str
    percent: int


def parts_of(words: str) -> frozenset[str]:
    """What two wordings are held against each other by: pairs of Chinese characters, and the other words whole."""
    low = words.lower()
    han = _HAN.findall(low)
    pairs = {first + second for first, second in zip(han, han[1:], strict=False)} or set(han)
    return frozenset(pairs | set(_WORDS.findall(_HAN.sub(" ", low))))


def closeness(one: Text, other: Text) -> int:
    """Percent: twice the shared parts by all parts, in the language in which both speak and are closest."""
    found = [
        _shared(parts_of(first), parts_of(second))
        for first, second in ((getattr(one, name), getattr(other, name)) for name in LANGUAGES)
        if first and second
    ]
    return max(found, default=0)


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    return round(200 * len(one & other) / (len(one) + len(other))) if one or other else 0


def match(first: Sequence[Keyed], second: Sequence[Keyed]) -> list[Pair]:
    """Each task is in one pair at most: by its card, then by its words, then the closest wordings first."""
    found = []
    left, right = dict(first), dict(second)

    def pair(one: str, other: str, by: str, percent: int) -> None:
        found.append(Pair(one, other, by, percent))
        del left[one], right[other]

    for key in [key for key in left if key in right]:
        pair(key, key, "card", closeness(left[key], right[key]))
    said = {words: key for key, words in reversed(right.items())}
    for key, words in list(left.items()):
        other = said.get(words, "")
        if other in right:
            pair(key, other, "words", 100)
    close = [
        (-percent, at, key, other)
        for at, (key, words) in enumerate(left.items())
        for other, their in right.items()
        if (percent := closeness(words, their)) >= CLOSE
    ]
    for percent, _at, key, other in sorted(close):
        if key in left and other in right:
            pair(key, other, "close", -percent)
    return found
