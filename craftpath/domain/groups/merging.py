"""One text that two people changed at once: what both wrote is kept."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher


def together(base: str, theirs: str, mine: str) -> str:
    """What comes of two changes of the same text, line by line; where both changed a place, theirs stands first."""
    before, one, other = base.splitlines(), theirs.splitlines(), mine.splitlines()
    found: list[str] = []
    at = at_one = at_other = 0
    for first, last, in_one, in_other in _untouched(before, one, other):
        found += _chosen(before[at:first], one[at_one:in_one], other[at_other:in_other])
        found += before[first:last]
        at, at_one, at_other = last, in_one + last - first, in_other + last - first
    return "\n".join(found)


def _chosen(base: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    return [*theirs, *(line for line in mine if line not in theirs)]


def _untouched(base: list[str], one: list[str], other: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that neither has touched: from, to, and where they begin in the one and in the other."""
    left = SequenceMatcher(None, base, one, autojunk=False).get_matching_blocks()
    right = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    at = to = 0
    while at < len(left) and to < len(right):
        a, b = left[at], right[to]
        first, last = max(a.a, b.a), min(a.a + a.size, b.a + b.size)
        if first < last:
            yield first, last, a.b + first - a.a, b.b + first - b.a
        if a.a + a.size < b.a + b.size:
            at += 1
        else:
            to += 1
    yield len(base), len(base), len(one), len(other)
