"""Two versions of a framework, or a file and what is kept, held against each other: new, changed, the same, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from craftpath.domain.standards.content import ABOUT, OF_NODE, Content, Node, Words

STATES = ("new", "changed", "gone", "same")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: as it was and as it is."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one node."""

    key: str
    name: Words
    state: str
    changes: tuple[Change, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole: of the framework itself, and of every node in the order of the newer one, gone ones last."""

    about: tuple[Change, ...]
    lines: tuple[Line, ...]
    reordered: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether there is any difference."""
        return bool(self.about or self.reordered or any(self.counts[one] for one in STATES[:3]))


def compare(before: Content, after: Content) -> Comparison:
    """What changed from one to the other, by key; what only an exchange reads does not count."""
    old = {node.key: node for node in before.nodes}
    new = {node.key: node for node in after.nodes}
    lines = [_line(old.get(node.key), node) for node in after.nodes]
    lines += [Line(node.key, node.name, "gone") for node in before.nodes if node.key not in new]
    counts = Counter(line.state for line in lines)
    about = tuple(_changes(before, after, ABOUT))
    both = [node.key for node in before.nodes if node.key in new]
    reordered = both != [node.key for node in after.nodes if node.key in old]
    return Comparison(about, tuple(lines), reordered, {state: counts[state] for state in STATES})


def _line(old: Node | None, new: Node) -> Line:
    if old is None:
        return Line(new.key, new.name, "new", place=new.place)
    changes = tuple(_changes(old, new, OF_NODE))
    return Line(new.key, new.name, "changed" if changes else "same", changes, new.place)


def _changes(old: Any, new: Any, fields: tuple[str, ...]) -> list[Change]:
    pairs = [(name, getattr(old, name), getattr(new, name)) for name in fields]
    return [Change(name, one, other) for name, one, other in pairs if _plain(one) != _plain(other)]


def _plain(value: Any) -> Any:
    """Empty and missing are the same; lists and tuples too."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value or ""
