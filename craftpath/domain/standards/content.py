"""A framework as a value: what files hold and what rows hold, so that the two can be held against each other."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Words = Mapping[str, str]
"""Language → words, as JSON fields keep them; empty sides are left out."""
SPACE = uuid.UUID("5b0f6f0e-4f3c-5f53-9f0c-2f7a1d3c8e61")
"""Names of this program's own in UUIDs; never changed, or nothing would be found again."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale, the lowest first."""

    key: str
    name: Words
    meaning: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """A domain or a skill. `parent` is a key, empty at the top; `place` says where in a file it stood.

    `mentions` has the fields that a file speaks of, texts by language (`name_zh`, `level:l1:en`); None: all of them.
    """

    key: str
    kind: str = "skill"
    parent: str = ""
    name: Words = field(default_factory=dict)
    meaning: Words = field(default_factory=dict)
    indicators: tuple[Words, ...] = ()
    levels: Mapping[str, Words] = field(default_factory=dict)
    hints: Mapping[str, list[str]] = field(default_factory=dict)
    code: str = ""
    identifier: str = ""
    uri: str = ""
    stamp: str = ""
    carried: Mapping[str, Any] = field(default_factory=dict)
    place: str = field(default="", compare=False)
    mentions: frozenset[str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of a crosswalk: `one` is `kind` than `other`."""

    one: str
    other: str
    kind: str
    strength: int = 3
    identifier: str = ""
    stamp: str = ""
    carried: Mapping[str, Any] = field(default_factory=dict)
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Content:
    """One version of a framework with everything in it; nodes stand parents first, siblings in their order.

    `scale_from_heads`: a table has no scale of its own, its columns only name levels.
    """

    key: str = ""
    version: int = 1
    prefix: str = ""
    state: str = "draft"
    name: Words = field(default_factory=dict)
    about: Words = field(default_factory=dict)
    publisher: str = ""
    year: int | None = None
    source: str = ""
    licence: str = ""
    address: str = ""
    wording: str = "own"
    levels: tuple[Level, ...] = ()
    levels_by: str = ""
    identifier: str = ""
    uri: str = ""
    stamp: str = ""
    carried: Mapping[str, Any] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    pairs: tuple[Pair, ...] = ()
    scale_from_heads: bool = field(default=False, compare=False)


ABOUT = (
    "name", "about", "publisher", "year", "source", "licence", "address", "wording", "levels", "levels_by",
)  # fmt: skip
"""What a version says of itself and people write."""
EXCHANGED = ("identifier", "uri", "stamp", "carried")
"""What only an exchange reads."""
OF_NODE = ("kind", "parent", "name", "meaning", "indicators", "levels", "hints", "code")
"""What a node says and people write."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that is refused: where, what stood there, and why; `facts` say what is allowed."""

    place: str
    given: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def named(*parts: object) -> str:
    """A UUID that follows from names, the same on every site."""
    return str(uuid.uuid5(SPACE, "/".join(str(part) for part in parts)))


def stamped(at: datetime) -> str:
    """A moment as it is exchanged."""
    return at.isoformat(timespec="seconds")
