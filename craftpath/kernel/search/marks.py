"""For whom an entry may be looked up: words in a column of its own, and those that a reader brings along.

They may let too much through and never decide what is shown: that does the thing itself, under the reader's scope.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.tenancy import STEP

ALL = "all"


def _steps(path: str) -> list[str]:
    return [path[:end].lower() for end in range(STEP, len(path) + 1, STEP)]


def below(path: str) -> set[str]:
    """Whoever looks after this organisation or one above it."""
    return {f"o{step}" for step in _steps(path)}


def serving(path: str | None) -> set[str]:
    """Everybody at this organisation or at one below it; of nobody's in particular: everybody."""
    return {ALL} if path is None else {f"b{path.lower()}"}


def party(person_id: int) -> str:
    """Somebody by name."""
    return f"p{person_id}"


def about(public_id: str) -> str:
    """The person whom an entry names, so that it can be written anew, or forgotten, with that person."""
    return f"w{public_id.lower()}"


def kind(noun: str, name: str) -> str:
    """What kind of thing it is."""
    return f"k{noun}{name}".replace("_", "")


def exact(words: str) -> str:
    """A whole name."""
    return f"x{hashlib.blake2s(words.encode(), digest_size=8).hexdigest()}"


def reader(actor: Actor) -> list[str]:
    """What an actor may be shown; empty for the program itself, from which nothing is kept."""
    if actor.kind is ActorKind.SYSTEM and actor.organisation is None:
        return []
    scope = actor.scope
    brought = [ALL, party(scope.person_id)]
    if actor.organisation is not None:
        brought += [f"b{step}" for step in _steps(actor.organisation.path)]
    if scope.path:
        brought.append(f"o{scope.path.lower()}")
    return brought


def written(*groups: Iterable[str]) -> str:
    """Marks as their column keeps them; the same ones always in the same order."""
    return " ".join(sorted({mark for group in groups for mark in group}))


def facet(name: str, value: str) -> str:
    """A property by which things of one kind are told apart, such as a licence."""
    return f"f{name}{hashlib.blake2s(value.encode(), digest_size=6).hexdigest()}"
