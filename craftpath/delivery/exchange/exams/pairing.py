"""Pairs in a pasted exam: a left side that is numbered, a right side with letters, and a key such as `1-C 2-A`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from craftpath.delivery.exchange.exams import signs

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_LEFT = re.compile(
    rf"\s*(?:[（(]\s*(\d{{1,2}})\s*[)）]|([{_CIRCLED}])|(\d{{1,2}})\s*[.．、)）](?!\d))\s*(?P<words>.*)"
)
_PAIR = re.compile(
    rf"(?:[（(]?\s*(\d{{1,2}})\s*[)）]?|([{_CIRCLED}]))\s*(?:[-—–−~～→:：=.．、]|对应|配)*\s*[（(]?([A-JＡ-Ｊa-j])(?![A-Za-z])"
)
FEWEST = 2


def left_side(lines: Sequence[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """(the other lines, (number, words) of each numbered one); fewer than two numbered lines are no left side."""
    others: list[str] = []
    left: list[tuple[int, str]] = []
    for line in lines:
        found = _LEFT.fullmatch(line)
        if found and (number := _number(*found.groups()[:3])) == len(left) + 1:
            left.append((number, found["words"].strip()))
        else:
            others.append(line)
    return (others, left) if len(left) >= FEWEST else (list(lines), [])


def pairs(key: str) -> dict[int, str]:
    """Number → letter, small; a number that is named twice with different letters is left out."""
    found: dict[int, set[str]] = {}
    for first, circled, letter in _PAIR.findall(key):
        found.setdefault(_number(first, circled), set()).add(signs.plain_letters(letter).lower())
    return {number: letters.pop() for number, letters in found.items() if len(letters) == 1}


def begins(key: str) -> bool:
    """Whether a key begins with a pair, as `(1)-B (2)-A` does and `B 2. A` does not."""
    return _PAIR.match(key) is not None


def _number(plain: str | None, circled: str | None, other: str | None = None) -> int:
    return int(plain or other or 0) if plain or other else _CIRCLED.index(circled or "①") + 1
