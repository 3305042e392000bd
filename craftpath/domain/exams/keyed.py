"""What people key from an answer sheet, and back: letters of choices, a number, words, `.` where nothing stands.

One field a question; a question with several blanks has one for each. Nothing in any field means that the question
was not keyed yet, which is another thing than left empty on the sheet.

- one or several right answers, order, matching: letters or numbers of places, `b`, `acd`; in matching `-` for a side
  without partner, `ac-`
- true or false: `t`, `1`, `√`, `对` or `f`, `2`, `×`, `错`
- areas of a picture: their numbers
- an essay: `y` where something is written (it is marked from the paper), `.` where not
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from craftpath.domain.exams.content import CHOICES, Content, as_shown
from craftpath.engines.scoring import Kind
from craftpath.values.verdict import Refused, not_now

EMPTY = "."
NO_PARTNER = "-"
LONGEST_NUMBER, LONGEST_BLANK = 40, 200  # as on a device
WRITTEN = {"paper": True}
"""The answer to an essay that stands on paper."""
_TRUE = frozenset("T1YA√✓对真是有")
_FALSE = frozenset("F20NBX×✗错假否无")
_APART = re.compile(r"[\s,，、;；/]+")
ONE_KEY = frozenset({Kind.SINGLE, Kind.TRUE_FALSE, Kind.ESSAY})
"""Kinds that one key answers, so that the next question comes by itself."""


def letter(place: int) -> str:
    """A, B, C … of the choice at a place counted from 0; beyond Z its number."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def blanks_of(content: Content) -> list[str]:
    """Keys of the blanks of a short text, in order; one nameless for every other kind."""
    return [row["key"] for row in content.details["blanks"]] if content.kind is Kind.SHORT else [""]


def places_of(content: Content) -> list[str]:
    """Keys of what can be chosen, in the order in which they are lettered or numbered."""
    details, kind = content.details, content.kind
    if kind in CHOICES:
        return [row["key"] for row in details["options"]]
    if kind is Kind.HOTSPOT:
        return [row["key"] for row in details["regions"]]
    if kind is Kind.ORDERING:
        return [row["key"] for row in as_shown(details["entries"], details.get("order", ()))]
    if kind is Kind.MATCHING:
        return [row["key"] for row in details["right_side"]]
    return ["true", "false"] if kind is Kind.TRUE_FALSE else []


def is_keyed(typed: Sequence[str]) -> bool:
    """Whether anything was typed for a question."""
    return any(one.strip() for one in typed)


def read(content: Content, order: int, typed: Sequence[str]) -> Any:
    """The answer as the scorer reads it, None where nothing stands; refused if it cannot be one of this question."""
    fields = typed[: len(blanks_of(content))]
    words = [unicodedata.normalize("NFKC", one.replace("\0", "")).strip() for one in fields]
    if all(one in ("", EMPTY) for one in words):
        return None
    if content.kind is Kind.SHORT:
        return _blanks(content, order, words)
    return _one_field(content, order, words[0])


def _one_field(content: Content, order: int, word: str) -> Any:
    kind = content.kind
    if kind is Kind.NUMERIC:
        return _text(word, order, LONGEST_NUMBER)
    if kind is Kind.ESSAY:
        return dict(WRITTEN) if _yes(word, order) else None
    if kind is Kind.TRUE_FALSE:
        return ["true" if _yes(word, order) else "false"]
    if kind is Kind.MATCHING:
        pairs = _pairs(content, order, word)
        return pairs if any(pairs.values()) else None
    keys = places_of(content)
    chosen = [keys[place] for place in _places(word, len(keys), order)]
    if kind is Kind.ORDERING:
        if len(set(chosen)) < len(chosen):
            raise Refused(not_now("exams.key_twice", question=order))
        return chosen or None
    if kind is Kind.SINGLE and len(set(chosen)) > 1:
        raise Refused(not_now("exams.key_one_only", question=order))
    return [key for key in keys if key in chosen] or None


def _blanks(content: Content, order: int, words: Sequence[str]) -> dict[str, str]:
    keys = blanks_of(content)
    padded = [*words, *[""] * len(keys)][: len(keys)]
    return {
        key: "" if one == EMPTY else _text(one, order, LONGEST_BLANK)
        for key, one in zip(keys, padded, strict=True)
    }


def _text(word: str, order: int, most: int) -> str:
    if len(word) > most:
        raise Refused(not_now("exams.key_too_long", question=order, most=most))
    return word


def _yes(word: str, order: int) -> bool:
    sign = word.upper()
    if sign in _TRUE:
        return True
    if sign not in _FALSE:
        raise Refused(not_now("exams.key_yes_or_no", question=order, given=word[:20]))
    return False


def _places(word: str, count: int, order: int) -> list[int]:
    """Places counted from 0 of `b`, `acd`, `1 3`, `12` (the twelfth where there are so many)."""
    return [_place(one, count, order) for one in _signs(word, count, order)]


def _signs(word: str, count: int, order: int) -> list[str]:
    parts = [one for one in _APART.split(word) if one]
    if len(parts) > 1:
        return parts
    if count > 9 and any(one.isdecimal() for one in word):
        if not word.isdecimal():
            raise Refused(not_now("exams.key_apart", question=order))
        return [word]
    return list(parts[0]) if parts else []


def _place(sign: str, count: int, order: int) -> int:
    one, place = sign.upper(), -1
    if len(one) == 1 and "A" <= one <= "Z":
        place = ord(one) - ord("A")
    elif one.isascii() and one.isdecimal() and len(one) < 4:
        place = int(one) - 1
    if not 0 <= place < count:
        raise Refused(not_now("exams.key_no_such", question=order, given=sign[:20], last=letter(count - 1)))
    return place


def _pairs(content: Content, order: int, word: str) -> dict[str, str]:
    keys, left = places_of(content), [row["key"] for row in content.details["left"]]
    signs = _signs(word.replace(EMPTY, NO_PARTNER), len(keys), order)
    if len(signs) > len(left):
        raise Refused(not_now("exams.key_too_many", question=order, most=len(left)))
    padded = [*signs, *[NO_PARTNER] * len(left)][: len(left)]
    return {
        key: "" if sign == NO_PARTNER else keys[_place(sign, len(keys), order)]
        for key, sign in zip(left, padded, strict=True)
    }


def shown(content: Content, given: Any) -> list[str]:
    """What would have to be typed for this answer, field by field."""
    keys, kind = blanks_of(content), content.kind
    if given is None:
        return [EMPTY] * len(keys)
    if kind is Kind.SHORT:
        return [str(given.get(key, "")) or EMPTY for key in keys]
    if kind is Kind.NUMERIC:
        return [str(given)]
    if kind is Kind.ESSAY:
        return ["y"]
    if kind is Kind.TRUE_FALSE:
        return ["√" if "true" in given else "×"]
    places = {key: place for place, key in enumerate(places_of(content))}
    if kind is Kind.MATCHING:
        named = [given.get(row["key"], "") for row in content.details["left"]]
        return [_joined([letter(places[one]) if one in places else NO_PARTNER for one in named], len(places))]
    say = (lambda place: str(place + 1)) if kind is Kind.HOTSPOT else letter
    return [_joined([say(places[one]) for one in given if one in places], len(places))]


def _joined(signs: Sequence[str], count: int) -> str:
    """Without anything between, unless a number of two figures could be read as two."""
    return (" " if count > 9 else "").join(signs)


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[int]:
    """Orders of the questions to which two keyings give another answer."""
    return sorted(int(one) for one in first.keys() | second.keys() if first.get(one) != second.get(one))
