"""Guess what each column of a sheet holds, with a confidence, so that a person only corrects the odd one.

A target is a field's key (`number`), `item:` and an item's key, or `ignore`. A mapping goes through a form
and back: `as_json`, `from_json`, `with_targets`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self

from craftpath.delivery.exchange.fields import FIELDS, NOT_READ, Kind
from craftpath.delivery.exchange.spelling import bare, likeness, plain, tidy
from craftpath.values.text import Text

IGNORE = "ignore"
ITEM_PREFIX = "item:"

_EXACT, _BARE, _CONTAINED, _LIKE, _LEAST = 100, 95, 80, 90, 70
"""Confidence in per cent: equal spelling; equal without brackets; one within the other; the share of
`likeness` that counts; and what a guess must reach to be made at all."""


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item of the scheme that a column may hold: its key, its names, its highest score, its component.

    A graded one has `grades` (key, name), lowest first, instead of a score.
    """

    key: str
    zh: str
    en: str
    max: Decimal = Decimal(100)
    component: str = ""
    grades: tuple[tuple[str, Text], ...] = ()
    top: Decimal | None = None  # the highest score that is accepted, where it is not `max`
    sourced: bool = False  # worked out or agreed by raters: a column of it is passed over

    @property
    def target(self) -> str:
        """The target that maps a column to this item."""
        return ITEM_PREFIX + self.key


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column: its index, the header's words, what it is taken for, and how sure that is (0 to 100)."""

    column: int
    name: str
    target: str = IGNORE
    confidence: int = 0


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each column of a sheet holds, in the order of the sheet."""

    kind: Kind
    columns: tuple[ColumnGuess, ...]

    def column_of(self, target: str) -> int | None:
        """The index of the first column with this target."""
        return next((column.column for column in self.columns if column.target == target), None)

    def items(self) -> Iterator[tuple[int, str]]:
        """(column index, item key) of every column that holds marks of one item."""
        for column in self.columns:
            if column.target.startswith(ITEM_PREFIX):
                yield column.column, column.target.removeprefix(ITEM_PREFIX)

    def name_of(self, column: int) -> str:
        """The header's words for a column index."""
        return next((found.name for found in self.columns if found.column == column), "")

    @property
    def is_long(self) -> bool:
        """Whether the sheet has one row per person and item, rather than one column per item."""
        return self.column_of("item") is not None

    def with_targets(self, targets: Mapping[int, str]) -> Self:
        """The same columns with these targets (column index → target), as a person chose them: fully sure."""
        changed = tuple(
            replace(column, target=targets[column.column], confidence=_EXACT)
            if targets.get(column.column, column.target) != column.target
            else column
            for column in self.columns
        )
        return replace(self, columns=changed)

    def as_json(self) -> dict[str, Any]:
        """The form for a session, a hidden field or a JSON column."""
        columns = [[found.column, found.name, found.target, found.confidence] for found in self.columns]
        return {"kind": str(self.kind), "columns": columns}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read `as_json` back; ValueError, KeyError or TypeError if it is something else."""
        columns = tuple(
            ColumnGuess(int(column), str(name), str(target), int(confidence))
            for column, name, target, confidence in value["columns"]
        )
        return cls(Kind(value["kind"]), columns)


def targets(kind: Kind, items: Sequence[ItemChoice] = ()) -> tuple[str, ...]:
    """Everything that a column of this kind of sheet may be mapped to, `ignore` first."""
    fields = (field.key for field in FIELDS[kind])
    return (IGNORE, *fields, *(item.target for item in items if kind is Kind.MARKS))


def known_names(kind: Kind, items: Sequence[ItemChoice] = ()) -> frozenset[str]:
    """Plain spellings of all names that columns of this kind go by, for `headers.find_header`."""
    spellings = {plain(name) for names in _names(kind, items).values() for name in names}
    return frozenset(spellings | {plain(name) for name in NOT_READ}) - {""}


def guess(header: Sequence[str], kind: Kind, items: Sequence[ItemChoice] = ()) -> ColumnMapping:
    """Map the names of a header row; no target but `ignore` is given twice, the surest column has it.

    Compared are: equal spelling, spelling without brackets, one name within the other, then likeness.
    """
    names = _names(kind, items)
    skipped = {plain(name) for name in NOT_READ} - {""}
    candidates = sorted(
        (
            (-confidence, column, target)
            for column, name in enumerate(header)
            if plain(name) not in skipped and not is_ours(name)
            for target, known in names.items()
            if (confidence := max(_confidence(name, one) for one in known)) >= _LEAST
        ),
        key=lambda found: found[:2],
    )
    chosen: dict[int, tuple[str, int]] = {}
    given: set[str] = set()
    for negative, column, target in candidates:
        if column not in chosen and target not in given:
            chosen[column] = (target, -negative)
            given.add(target)
    if kind is Kind.MARKS:
        _drop_half_long(chosen)
    return ColumnMapping(
        kind,
        tuple(
            ColumnGuess(column, tidy(name), *chosen.get(column, (IGNORE, _sure(name, skipped))))
            for column, name in enumerate(header)
        ),
    )


def _names(kind: Kind, items: Sequence[ItemChoice]) -> dict[str, tuple[str, ...]]:
    """Target → the names it goes by; an item before a field, since items are the office's own words."""
    own = {item.target: (item.key, item.zh, item.en) for item in items} if kind is Kind.MARKS else {}
    return own | {field.key: field.names for field in FIELDS[kind]}


def _confidence(name: str, known: str) -> int:
    one, other = plain(name), plain(known)
    if not one or not other:
        return 0
    if one == other:
        return _EXACT
    one, other = bare(name) or one, bare(known) or other
    if one == other:
        return _BARE
    if _contains(one, other) or _contains(other, one):
        return _CONTAINED
    return likeness(one, other) * _LIKE // 100


def _contains(long: str, short: str) -> bool:
    """Whether `short` is half of `long` or more and cuts no digits apart, as 作业1 would in 作业10."""
    place = long.find(short)
    if place < 0 or len(short) < 2 or 2 * len(short) < len(long):
        return False
    around = long[place - 1 : place] + short[0], short[-1] + long[place + len(short) :][:1]
    return not any(len(pair) == 2 and pair.isdigit() for pair in around)


def is_ours(name: str) -> bool:
    """Whether a column is the one that `annotating` adds, or a cell stands in it."""
    return plain(name).startswith("craftpath")


def _sure(name: str, skipped: set[str]) -> int:
    return _EXACT if plain(name) in skipped or is_ours(name) else 0


def _drop_half_long(chosen: dict[int, tuple[str, int]]) -> None:
    """Item and score columns make sense together only: alone, each is some other column of the office."""
    found = {target for target, _ in chosen.values()}
    if not {"item", "score"} <= found or any(target.startswith(ITEM_PREFIX) for target in found):
        for column, (target, _) in list(chosen.items()):
            if target in ("item", "score", "status"):
                del chosen[column]
