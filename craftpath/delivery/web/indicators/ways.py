"""Bands put in order: every place stands in a column behind those from which one comes, nothing goes in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from craftpath.delivery.web.components.charting import Link, Node

DEEPEST = 8
TONES = {"left": "ochre", "completed": "jade", "transferred": "exam"}


def graph(links: Sequence[Link], names: Mapping[str, str]) -> tuple[list[Node], list[Link]]:
    """Places in columns and bands between them; a way back leads to the same place in a later column."""
    depth = _depths(links)
    nodes: dict[str, Node] = {}
    placed = []

    def stand(key: str, column: int) -> str:
        found = f"{column}·{key}"
        nodes.setdefault(found, Node(found, names.get(key, key), column, TONES.get(key, "indigo")))
        return found

    for one in links:
        start, end = depth[one.start], depth[one.end]
        if end <= start:
            end = start + 1
        placed.append(Link(stand(one.start, start), stand(one.end, end), one.n, one.why))
    return list(nodes.values()), placed


def _depths(links: Sequence[Link]) -> dict[str, int]:
    """How many steps at most lead to a place, without walking in circles."""
    depth = {key: 0 for one in links for key in (one.start, one.end)}
    back = _backward(links)
    for _round in range(min(len(depth), DEEPEST)):
        changed = False
        for one in links:
            if (one.start, one.end) in back or depth[one.end] > depth[one.start]:
                continue
            depth[one.end] = depth[one.start] + 1
            changed = True
        if not changed:
            break
    return depth


def _backward(links: Sequence[Link]) -> set[tuple[str, str]]:
    """Bands that would close a circle, found in the order in which they are given."""
    after: dict[str, set[str]] = {}
    back = set()
    for one in links:
        if one.start == one.end or one.start in _reached(after, one.end):
            back.add((one.start, one.end))
        else:
            after.setdefault(one.start, set()).add(one.end)
    return back


def _reached(after: Mapping[str, set[str]], start: str) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        for one in after.get(todo.pop(), ()):
            if one not in found:
                found.add(one)
                todo.append(one)
    return found
