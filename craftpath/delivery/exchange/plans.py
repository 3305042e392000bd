"""What an import would do, row by row, and every cell that stops it: the outcome of a dry run.

A plan is carried out whole or not at all. It never deletes: what a sheet does not mention stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from craftpath.delivery.exchange.book import Remark
from craftpath.delivery.exchange.columns import ItemChoice


class Effect(StrEnum):
    """What a row would do to the register."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class CellError:
    """One cell that cannot be taken: where, under which header, what was given, and why.

    `facts` name what would be allowed: `minimum`, `maximum`, `words`, `choices`, `near` (similar values).
    """

    sheet: str
    cell: str
    column: str
    given: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Named:
    """An enterprise, mentor, stage or cohort that the register knows: its key and all its names."""

    key: str
    names: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a cell points at: `key` of a known one, or "" for one to be added with this number and name."""

    key: str
    name: str
    number: str = ""


Value = str | date | Link | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the register. `values` holds what a roster may compare, by field key.

    `enterprise`, `mentor`, `cohort` and `stage` hold the key of a `Named`; an absent field counts as blank.
    """

    public_id: str
    number: str
    values: Mapping[str, str | date | None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name as the register has it."""
        return str(self.values.get("name") or self.values.get("name_en") or "")


@dataclass(frozen=True, slots=True)
class RosterKnowledge:
    """What the register knows before a roster comes.

    `may_add` names the fields (`enterprise`, `mentor`, `cohort`) whose unknown names are added with the
    roster; an unknown name of any other is an error.
    """

    people: tuple[KnownPerson, ...] = ()
    enterprises: tuple[Named, ...] = ()
    mentors: tuple[Named, ...] = ()
    cohorts: tuple[Named, ...] = ()
    stages: tuple[Named, ...] = ()
    may_add: frozenset[str] = frozenset({"enterprise", "mentor", "cohort"})


@dataclass(frozen=True, slots=True)
class KnownMark:
    """A current mark of the register: its status and, if scored, its score."""

    score: Decimal | None
    status: str = "scored"


@dataclass(frozen=True, slots=True)
class MarksKnowledge:
    """What the register knows before marks come; `marks` by (person's number, item key)."""

    people: tuple[KnownPerson, ...] = ()
    items: tuple[ItemChoice, ...] = ()
    marks: Mapping[tuple[str, str], KnownMark] = field(default_factory=dict)
    decided: frozenset[str] = frozenset()  # numbers of those whose result is decided


@dataclass(frozen=True, slots=True)
class Change:
    """One value that would differ: its field, its cell, what stands now and what would stand."""

    field: str
    cell: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person of the sheet. `values` holds what the row says, by field key; blank cells say nothing.

    `public_id` is empty for a person to add; `cells` names the cell of each value.
    """

    sheet: str
    row: int
    effect: Effect
    number: str
    public_id: str
    values: Mapping[str, Value]
    cells: Mapping[str, str]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark of the sheet: whose, of which item, and the current mark that it would replace, if any."""

    sheet: str
    row: int
    cell: str
    effect: Effect
    number: str
    public_id: str
    item: str
    score: Decimal | None
    status: str
    before: KnownMark | None = None


R = TypeVar("R", RosterRow, MarkRow)


@dataclass(frozen=True, slots=True)
class Plan(Generic[R]):
    """All rows of a sheet that can be read, all cells that cannot, and what else is worth knowing."""

    sheet: str
    rows: tuple[R, ...] = ()
    errors: tuple[CellError, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the plan may be carried out."""
        return not self.errors

    def having(self, effect: Effect | str) -> tuple[R, ...]:
        """The rows with this effect."""
        return tuple(row for row in self.rows if row.effect == effect)

    @property
    def added(self) -> tuple[R, ...]:
        """What the register does not hold yet."""
        return self.having(Effect.ADD)

    @property
    def changed(self) -> tuple[R, ...]:
        """What the sheet says otherwise than the register."""
        return self.having(Effect.CHANGE)

    @property
    def unchanged(self) -> tuple[R, ...]:
        """What the sheet says as the register does."""
        return self.having(Effect.SAME)


@dataclass(frozen=True, slots=True)
class RosterPlan(Plan[RosterRow]):
    """People: one row each."""


@dataclass(frozen=True, slots=True)
class MarksPlan(Plan[MarkRow]):
    """Marks: one row for each person and item."""
