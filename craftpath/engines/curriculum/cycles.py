"""Prerequisites that bite their tail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def cycles(before: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Rings, each once, as the way round: what comes first is needed before what follows, the last before the first.

    Units that stand in no ring are left out, and of rings that hang together those that a walk meets; when they are
    mended, a second look finds the rest. A ring begins with its least id, so the order of units changes nothing.
    """
    found: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(before):
        _walk(before, start, done, found)
    return found


def _walk(before: Mapping[str, Sequence[str]], start: str, done: set[str], found: list[list[str]]) -> None:
    """Depth first, without recursion: chains may be long."""
    if start in done:
        return
    path, place = [start], {start: 0}
    ways = [iter(sorted(before[start]))]
    while path:
        after = next(ways[-1], None)
        if after is None:
            done.add(path[-1])
            place.pop(path.pop())
            ways.pop()
        elif after in place:
            found.append(_turned(path[place[after] :]))
        elif after in before and after not in done:
            place[after] = len(path)
            path.append(after)
            ways.append(iter(sorted(before[after])))


def _turned(path: list[str]) -> list[str]:
    """In the order of teaching, from the least id on."""
    ring = path[::-1]
    first = ring.index(min(ring))
    return ring[first:] + ring[:first]
