"""Nodes as a tree: put in order, checked for knots, moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from craftpath.domain.standards.content import Node

MOVES = ("up", "down", "in", "out")


def children_of(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """Key of a parent → its children in their order; the top stands under the empty key."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.parent, []).append(node)
    return found


def in_order(nodes: Sequence[Node]) -> list[Node]:
    """Parents before their children, siblings as given; what hangs on nothing or on itself is left out."""
    below, found = children_of(nodes), []
    waiting = list(reversed(below.get("", ())))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(below.get(node.key, ())))
    return found


def ordered(nodes: Sequence[Node]) -> list[Node]:
    """Parents first where that is one tree; as they stand where a key is twice, hangs on nothing or goes round."""
    keys = {node.key for node in nodes}
    whole = (
        len(keys) == len(nodes)
        and not knots(nodes)
        and all(not one.parent or one.parent in keys for one in nodes)
    )
    return in_order(nodes) if whole else list(nodes)


def depths(nodes: Sequence[Node]) -> dict[str, int]:
    """Key → how deep it hangs, 0 at the top; for nodes that stand in order."""
    found: dict[str, int] = {}
    for node in nodes:
        found[node.key] = found[node.parent] + 1 if node.parent else 0
    return found


def tops(nodes: Sequence[Node]) -> dict[str, Node]:
    """Key → the topmost node above it, itself at the top; for nodes that stand in order."""
    found: dict[str, Node] = {}
    for node in nodes:
        found[node.key] = found[node.parent] if node.parent else node
    return found


def knots(nodes: Iterable[Node]) -> list[tuple[str, ...]]:
    """Cycles, each once: the keys in it, from parent to child to … ; linear in the number of nodes."""
    above: dict[str, str] = {}
    for node in nodes:
        above.setdefault(node.key, node.parent)  # a key that stands twice is another fault
    done: set[str] = set()
    found = []
    for start in above:
        path: dict[str, int] = {}
        key = start
        while key in above and key not in done and key not in path:
            path[key] = len(path)
            key = above[key]
        if key in path:
            found.append(tuple(reversed(list(path)[path[key] :])))
        done.update(path)
    return found


def within(nodes: Sequence[Node], key: str) -> Iterator[Node]:
    """A node and everything under it; for nodes that stand in order."""
    inside: set[str] = set()
    for node in nodes:
        if node.key == key or node.parent in inside:
            inside.add(node.key)
            yield node


def moved(nodes: Sequence[Node], key: str, move: str) -> list[Node]:
    """The same nodes with one moved among its siblings, under the one before it, or out beside its parent.

    Where there is no such place the nodes come back as they are.
    """
    rows = list(nodes)
    node = next(one for one in rows if one.key == key)
    siblings = [one for one in rows if one.parent == node.parent]
    at = siblings.index(node)
    if move in ("up", "down"):
        to = at + (1 if move == "down" else -1)
        if 0 <= to < len(siblings):
            first, second = rows.index(siblings[at]), rows.index(siblings[to])
            rows[first], rows[second] = rows[second], rows[first]
    elif move == "in" and at > 0:
        rows.remove(node)
        rows.append(replace(node, parent=siblings[at - 1].key))
    elif move == "out" and node.parent:
        rows = _out(rows, node)
    return in_order(rows)


def _out(rows: list[Node], node: Node) -> list[Node]:
    parent = next(one for one in rows if one.key == node.parent)
    rows.remove(node)
    rows.insert(rows.index(parent) + 1, replace(node, parent=parent.parent))
    return rows
