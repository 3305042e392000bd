"""Where a skill is used: nouns above register who counts, and the page of a skill asks them all.

A provider gets the keys that say the skill and answers how many rows of its noun carry one of them, as far as the
reader sees them; one query each. `label` is told with the number, `page` is the address of a list, without arguments
but the organisation's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

Counter = Callable[[Collection[str]], Mapping[str, int]]
"""Keys → how many rows carry each; keys without rows may be left out."""


@dataclass(frozen=True, slots=True)
class Use:
    """Who counts, and the permission without which the number is not asked for (empty: everybody reads it)."""

    kind: str
    count: Counter
    permission: str = ""


USES: dict[str, Use] = {}


def counts_uses(kind: str, permission: str = "") -> Callable[[Counter], Counter]:
    """Register whoever counts a kind of rows; a kind has one counter."""

    def register(counter: Counter) -> Counter:
        known = USES.setdefault(kind, Use(kind, counter, permission))
        if known.count is not counter:
            raise TypeError(f"two count {kind}")
        return counter

    return register


def uses_of(keys: Collection[str], permissions: Collection[str]) -> dict[str, dict[str, int]]:
    """Kind → key → how many, for those kinds that a reader with these permissions may count; one query a kind."""
    some = [use for use in USES.values() if not use.permission or use.permission in permissions]
    return {use.kind: dict(use.count(keys)) for use in some}
