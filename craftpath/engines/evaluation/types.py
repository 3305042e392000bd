"""The words of an evaluation: statuses, modes, components with their items, and pass rules.

Everything is immutable and every number is a `Decimal`, so that equal schemes are equal and no binary
float can slip into a mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from craftpath.engines.evaluation.raters import Raters
from craftpath.engines.evaluation.sources import Source

ONE = Decimal(1)
HUNDRED = Decimal(100)
ANY_GRADE = "*"
ORAL = ".oral"


class Status(IntEnum):
    """What is known of one person and one item."""

    SCORED = 0
    ABSENT = 1
    DEFERRED = 2
    EXEMPT = 3
    MISSING = 4


class Mode(StrEnum):
    """How components make a result: weights, weights and conditions, a table of grades, or all met."""

    WEIGHTED = "weighted"
    WEIGHTED_CONDITIONS = "weighted_conditions"
    GATEWAY_GRADE = "gateway_grade"
    ALL_REQUIRED = "all_required"

    @property
    def grades(self) -> bool:
        """Whether the result is a level and not a total."""
        return self in (Mode.GATEWAY_GRADE, Mode.ALL_REQUIRED)


class Missing(StrEnum):
    """What a missing mark means in a component: it stays open, counts zero, or leaves like an exemption."""

    INCOMPLETE = "incomplete"
    ZERO = "zero"
    EXCLUDE = "exclude"


class RuleKind(StrEnum):
    """The six kinds of pass rules."""

    OVERALL_MIN = "overall_min"
    COMPONENT_MIN = "component_min"
    COUNT_MIN = "count_min"
    NONE_BELOW = "none_below"
    ALL_COMPLETE = "all_complete"
    GRADE_TABLE = "grade_table"


@dataclass(frozen=True, slots=True)
class Item:
    """One marked thing. `weight` counts inside its component only; with 0 it is shown and never counted.

    `open_ended` accepts a score above `max` and counts it as `max`: 8,100 hours of 8,000 are all of them.
    `source` says where its marks come from if nobody gives them, `raters` how several people's become one; the
    arithmetic of results asks neither.
    """

    key: str
    weight: Decimal = ONE
    max: Decimal = HUNDRED
    open_ended: bool = False
    source: Source | None = None
    raters: Raters | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the evaluation.

    `weight` is in points of 100. `grades`, lowest first, makes it a graded method of one item. `target` is
    what `all_required` asks for: in the item's own unit when there is one item (8000 hours), else on the
    0-100 scale; None asks for the full mark. A component without items of its own is one item out of 100; only a
    target above 100 is its full mark itself, and then more than the target may be done (`rows.own_item`).
    """

    key: str
    weight: Decimal
    items: tuple[Item, ...]
    missing: Missing = Missing.INCOMPLETE
    drop_lowest: int = 0
    grades: tuple[str, ...] = ()
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Supplement:
    """An oral mark beside the existing one, weighed `existing` to `oral`, in at most `most` of `components`."""

    components: tuple[str, ...]
    existing: int = 2
    oral: int = 1
    most: int = 1


def oral_key(item: str) -> str:
    """The key of the oral mark beside this item."""
    return f"{item}{ORAL}"


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A line of a grade table: `when` pairs component keys with a grade or `*`; one left out is `*`."""

    when: tuple[tuple[str, str], ...]
    result: str

    def matches(self, grades: Mapping[str, str]) -> bool:
        """Whether the line speaks of this combination (component key -> grade)."""
        return all(grade in (ANY_GRADE, grades.get(key)) for key, grade in self.when)


@dataclass(frozen=True, slots=True)
class Rule:
    """One pass rule; `kind` says which fields count. No `components` means every component with a weight."""

    kind: str
    value: Decimal | None = None
    component: str = ""
    components: tuple[str, ...] = ()
    at_least: int | None = None
    table: tuple[GradeRow, ...] = ()
