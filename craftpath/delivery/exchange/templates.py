"""Sheets for the office to fill in: their headers are the names that `columns.guess` knows best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from craftpath.delivery.exchange.book import Cell, Row
from craftpath.delivery.exchange.columns import ItemChoice
from craftpath.delivery.exchange.fields import NAME, NUMBER, ROSTER_FIELDS
from craftpath.delivery.exchange.marks_words import ABSENT, DEFERRED, EXEMPT, MISSING
from craftpath.delivery.exchange.plans import KnownMark, KnownPerson
from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.values.text import Text

STATUS_WORDS: dict[str, Text] = {
    ABSENT: Text(zh="缺考", en="absent"),
    DEFERRED: Text(zh="缓考", en="deferred"),
    EXEMPT: Text(zh="免修", en="exempt"),
    MISSING: Text(zh="-", en="-"),
}
"""How a sheet of ours writes a status; each word is in the default mapping of `marks_words`."""

_ROSTER_NAME = Text(zh="名册", en="Roster")
_MARKS_NAME = Text(zh="成绩", en="Marks")
_TEXT_FIELDS = frozenset({"number", "mentor_number", "phone"})


def roster_template(language: str, stages: Sequence[str] = ()) -> bytes:
    """An empty roster as .xlsx, headers in this language; `stages` are offered in a drop-down."""
    keys = [field.key for field in ROSTER_FIELDS]
    header = [field.label.say(language) for field in ROSTER_FIELDS]
    texts = frozenset(column for column, key in enumerate(keys) if key in _TEXT_FIELDS)
    choices = {keys.index("stage"): tuple(stages)} if stages else {}
    return write_xlsx([OutSheet(_ROSTER_NAME.say(language), header, (), choices, texts)])


def marks_template(
    items: Sequence[ItemChoice],
    people: Sequence[KnownPerson],
    language: str,
    marks: Mapping[tuple[str, str], KnownMark] | None = None,
) -> bytes:
    """A mark sheet as .xlsx: one row per person, one column per item, current marks filled in.

    Every mark column offers the words for absent, deferred and exempt; read back, it changes nothing.
    """
    return write_xlsx([marks_sheet(items, people, language, marks)])


def marks_sheet(
    items: Sequence[ItemChoice],
    people: Sequence[KnownPerson],
    language: str,
    marks: Mapping[tuple[str, str], KnownMark] | None = None,
) -> OutSheet:
    """The same as a sheet, to be written as a workbook or as text."""
    known = marks or {}
    header = [NUMBER.label.say(language), NAME.label.say(language), *item_headers(items, language)]
    words = tuple(STATUS_WORDS[status].say(language) for status in (ABSENT, DEFERRED, EXEMPT))
    rows: list[Row] = [
        (
            person.number,
            person.name or None,
            *(mark_cell(known.get((person.number, item.key)), language) for item in items),
        )
        for person in people
    ]
    choices = dict.fromkeys(range(2, 2 + len(items)), words)
    return OutSheet(_MARKS_NAME.say(language), header, rows, choices, frozenset({0}))


def item_headers(items: Sequence[ItemChoice], language: str) -> list[str]:
    """One distinct header per item: its name, or its key where another item has the same name."""
    names = [Text(zh=item.zh, en=item.en).say(language) or item.key for item in items]
    return [item.key if names.count(name) > 1 else name for item, name in zip(items, names, strict=True)]


def mark_cell(mark: KnownMark | None, language: str) -> Cell:
    """A mark as a cell: the score as a number, another status as its word, no mark as a blank."""
    if mark is None:
        return None
    if mark.status in STATUS_WORDS:
        return STATUS_WORDS[mark.status].say(language)
    return Decimal(mark.score) if mark.score is not None else None
