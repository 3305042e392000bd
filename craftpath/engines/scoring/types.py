"""Kinds of items, their keys, the rules of partial credit, and what a judgement says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """What sort of answer an item asks for; the codes are stable."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"
    SHORT = "short"
    MATCHING = "matching"
    ORDERING = "ordering"
    HOTSPOT = "hotspot"
    ESSAY = "essay"


class Rule(StrEnum):
    """How an answer that is partly right counts.

    ALL: only a wholly right answer has points. EACH: every part has its share; where wrong choices are possible, one
    takes a share away, and the sum is never below nothing. NO_WRONG: every right choice has its share, one wrong
    choice loses all. HALF: an answer that lacks something and has nothing wrong has half of the points.
    """

    ALL = "all"
    EACH = "each"
    NO_WRONG = "no_wrong"
    HALF = "half"


_SETS = (Rule.ALL, Rule.EACH, Rule.NO_WRONG, Rule.HALF)
RULES: Mapping[Kind, tuple[Rule, ...]] = {
    Kind.SINGLE: (Rule.ALL,),
    Kind.MULTIPLE: _SETS,
    Kind.TRUE_FALSE: (Rule.ALL,),
    Kind.NUMERIC: (Rule.ALL,),
    Kind.SHORT: (Rule.ALL, Rule.EACH),
    Kind.MATCHING: (Rule.ALL, Rule.EACH),
    Kind.ORDERING: (Rule.ALL, Rule.EACH),
    Kind.HOTSPOT: _SETS,
    Kind.ESSAY: (Rule.ALL,),
}


@dataclass(frozen=True, slots=True)
class Fold:
    """Which differences between texts do not count: capital letters, full width, spaces."""

    case: bool = True
    width: bool = True
    space: bool = True


@dataclass(frozen=True, slots=True)
class Numeric:
    """A figure and how far an answer may lie from it; `percent` says that `tolerance` is a share of the figure."""

    value: Fraction
    tolerance: Fraction = Fraction(0)
    percent: bool = False
    unit: str = ""

    @property
    def margin(self) -> Fraction:
        """How far an answer may lie from the figure, in its own unit."""
        return abs(self.value) * self.tolerance / 100 if self.percent else self.tolerance


@dataclass(frozen=True, slots=True)
class Blank:
    """One blank to fill, with every variant that is right."""

    key: str
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A region of a picture by two corners; its edge belongs to it."""

    left: Fraction
    top: Fraction
    right: Fraction
    bottom: Fraction

    def holds(self, x: Fraction, y: Fraction) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Circle:
    """A region of a picture by its middle and radius; its edge belongs to it."""

    x: Fraction
    y: Fraction
    radius: Fraction

    def holds(self, x: Fraction, y: Fraction) -> bool:
        """Whether a point lies in it."""
        return (x - self.x) ** 2 + (y - self.y) ** 2 <= self.radius**2


@dataclass(frozen=True, slots=True)
class Region:
    """A place in a picture that an answer may name or point at."""

    key: str
    shape: Rectangle | Circle


@dataclass(frozen=True, slots=True)
class Key:
    """What is right; only the field of the item's kind is filled.

    `choices`: keys of right options or regions (single, multiple, hotspot), or "true"/"false". `pairs`: left → right.
    `order`: keys, first to last.
    """

    choices: frozenset[str] = frozenset()
    numeric: Numeric | None = None
    blanks: tuple[Blank, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An item as the scorer needs it; `known` are the keys that an answer may name."""

    kind: Kind
    points: Fraction
    key: Key
    rule: Rule = Rule.ALL
    fold: Fold = Fold()
    known: frozenset[str] = frozenset()
    regions: tuple[Region, ...] = ()


Answer = str | Sequence[object] | Mapping[str, object] | None
"""What somebody gave: a text (numeric, essay), keys (choices, order) or points `[x, y]` (hotspot), or key → text."""


class State(StrEnum):
    """What a judgement is: figures, nothing given, a person has to look, or the item has no key."""

    SCORED = "scored"
    BLANK = "blank"
    WAITS = "waits"
    NO_KEY = "no_key"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer: what was given, whether it is right, and what it brought or took."""

    key: str
    given: str
    right: bool
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer is worth, and why."""

    state: State
    earned: Fraction
    most: Fraction
    parts: tuple[Part, ...] = ()
    reason: str = ""

    @property
    def full(self) -> bool:
        """Whether all points were earned."""
        return self.state is State.SCORED and self.earned == self.most
