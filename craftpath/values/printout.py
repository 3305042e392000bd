"""A printout: what a paper says as a value, before it becomes a page or a workbook, so that both say the same.

Labels are `Text`, what people wrote is `str`, figures keep their type: a time is a `timedelta`, a day a `date`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from craftpath.values.text import Text

Cell = str | int | Decimal | date | timedelta | Text | None
Line = tuple[Text, Cell]
PRINTED_IN = ("zh", "en", "both")
"""The languages of a printout; `both` says each label in Chinese and English."""
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they say, under a heading or without one."""

    lines: tuple[Line, ...]
    heading: Text = Text()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head with a unit, whether figures stand in it, and how wide it is beside the others."""

    head: Text
    figures: bool = False
    share: int = 2
    unit: Text = Text()

    @property
    def whole(self) -> Text:
        """Head and unit as one text."""
        if self.unit == Text():
            return self.head
        zh, en = self.unit.say("zh"), self.unit.say("en")
        return Text(f"{self.head.say('zh')}（{zh}）", f"{self.head.say('en')} ({en})")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one name, such as a week; without a name they stand under the head."""

    rows: tuple[tuple[Cell, ...], ...]
    name: Text = Text()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of typed cells under one head. `grouped` heads the groups' names, `total` sums up, `empty` says why not."""

    heading: Text
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    grouped: Text = Text()
    total: tuple[Cell, ...] = ()
    note: Text = Text()
    empty: Text = Text()

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Every row, whatever its group."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Words:
    """Words under a heading; `lines` are left empty to write on by hand."""

    heading: Text
    paragraphs: tuple[Cell, ...] = ()
    by: Text = Text()
    lines: int = 0


Block = Facts | Table | Words


@dataclass(frozen=True, slots=True)
class Signature:
    """As what, who, and when and how it was signed; without the last one there is a line to sign on."""

    role: Text
    name: str = ""
    signed: Text = Text()


@dataclass(frozen=True, slots=True)
class Printout:
    """A whole paper. `whose` names it among others of its kind, `source` says of when and from where it is.

    `stamps` names those who stamp it, `wide` lays the page on its side, `cover` gives the facts a page of their own.
    """

    title: Text
    whose: str
    about: tuple[Line, ...]
    blocks: tuple[Block, ...]
    on: date
    source: Text
    signatures: tuple[Signature, ...] = ()
    stamps: tuple[Text, ...] = ()
    wide: bool = False
    cover: bool = False
    subtitle: Text = field(default_factory=Text)

    def cells(self) -> Iterator[Cell]:
        """Everything that will be read on it, label by label and cell by cell."""
        yield self.whose
        yield from (self.title, self.subtitle, self.source, *self.stamps)
        yield from _of(self.about)
        for block in self.blocks:
            yield from _in(block)
        for one in self.signatures:
            yield one.role
            yield one.name
            yield one.signed

    def words(self, language: str) -> str:
        """All that will be read on it, as one text: to ask a font whether it knows every character."""
        return "".join(said(cell, language) for cell in self.cells())


def _in(block: Block) -> Iterator[Cell]:
    yield block.heading
    match block:
        case Facts():
            yield from _of(block.lines)
        case Words():
            yield block.by
            yield from block.paragraphs
        case Table():
            yield from (block.grouped, block.note, block.empty)
            yield from (column.whole for column in block.columns)
            for group in block.groups:
                yield group.name
            for row in (*block.rows, block.total):
                yield from row


def _of(lines: tuple[Line, ...]) -> Iterator[Cell]:
    for label, cell in lines:
        yield label
        yield cell


def said(cell: Cell, language: str) -> str:
    """A cell as it is read: 7:30 for a length of time, 2026-09-14 for a day, – for nothing."""
    match cell:
        case None:
            return NOTHING
        case Text():
            return cell.both() if language == "both" else cell.say(language)
        case timedelta():
            minutes = round(cell.total_seconds() / 60)
            return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def minutes(count: int | None) -> timedelta | None:
    """A number of minutes as a length of time."""
    return None if count is None else timedelta(minutes=count)
