"""Schemes of levels: what is above what within a scheme, and the few levels of two schemes that are one.

A level is a scheme and a key. Keys are compared by their place in the scheme, never by their number or word: level 3
stands above level 4, and 高级 of 1+X is no 高级工. What no row of `presets/levels.toml` names counts as nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scheme; `rank` counts from the lowest, 0."""

    scheme: str
    key: str
    name: Text
    rank: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class LevelScheme:
    """A scheme with its levels, from the lowest to the highest."""

    key: str
    name: Text
    about: Text
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    schemes: tuple[LevelScheme, ...]
    levels: dict[tuple[str, str], Level]
    same: dict[tuple[str, str], tuple[Level, ...]]


def schemes() -> tuple[LevelScheme, ...]:
    """All schemes, in the order of the file."""
    return _table().schemes


def level(scheme: str, key: str) -> Level | None:
    """The level of this key in this scheme, if there is one."""
    return _table().levels.get((scheme, key))


def rank(scheme: str, key: str) -> int:
    """How many levels of its scheme lie below it. KeyError for what no scheme has."""
    return _table().levels[scheme, key].rank


def at_least(scheme: str, held: str, asked: str) -> bool:
    """Whether the held level of a scheme is the asked one or above it; an unknown one is neither."""
    mine, theirs = level(scheme, held), level(scheme, asked)
    return mine is not None and theirs is not None and mine.rank >= theirs.rank


def same(scheme: str, key: str) -> tuple[Level, ...]:
    """The levels of other schemes that are the same step, by a row that says so."""
    return _table().same.get((scheme, key), ())


def meets(held: tuple[str, str], asked: tuple[str, str]) -> bool:
    """Whether a held (scheme, level) is at least the asked one, both taken as what a row says is the same too.

    So a chief technician of the eight-level ladder meets level 3 of five, and 1+X meets nothing but 1+X.
    """
    return any(
        at_least(scheme, key, other)
        for scheme, key in _faces(held)
        for other_scheme, other in _faces(asked)
        if scheme == other_scheme
    )


def _faces(one: tuple[str, str]) -> list[tuple[str, str]]:
    return [one, *((other.scheme, other.key) for other in same(*one))]


@cache
def _table() -> _Table:
    text = (resources.files("craftpath.domain.certificates") / "presets" / "levels.toml").read_text("utf-8")
    table = tomllib.loads(text)
    made = tuple(
        LevelScheme(
            key=row["key"],
            name=Text.of(row["name"]),
            about=Text.of(row["about"]),
            levels=tuple(
                Level(row["key"], one["key"], Text.of(one["name"]), place, one.get("number"))
                for place, one in enumerate(row["levels"])
            ),
        )
        for row in table["scheme"]
    )
    levels = {(one.scheme, one.key): one for scheme in made for one in scheme.levels}
    found: dict[tuple[str, str], tuple[Level, ...]] = {}
    for row in table["same"]:
        first, second = row["between"]
        for a, b in row["pairs"]:
            for one, other in (((first, a), (second, b)), ((second, b), (first, a))):
                found[one] = (*found.get(one, ()), levels[other])
    return _Table(made, levels, found)
