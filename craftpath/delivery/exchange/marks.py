"""The dry run of a mark sheet: one column per item, or one row per person and item."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from craftpath.delivery.exchange.book import Cell, Remark, Sheet
from craftpath.delivery.exchange.cells import CellFault, plain_text, score, score_text, shown
from craftpath.delivery.exchange.columns import ColumnMapping, ItemChoice
from craftpath.delivery.exchange.headers import address
from craftpath.delivery.exchange.marks_words import (
    ABSENT,
    DEFERRED,
    EXEMPT,
    MISSING,
    SCORED,
    MarkWords,
    grade_spellings,
    spelt,
)
from craftpath.delivery.exchange.plans import (
    Effect,
    KnownMark,
    KnownPerson,
    MarkRow,
    MarksKnowledge,
    MarksPlan,
)
from craftpath.delivery.exchange.spelling import bare, plain, tidy
from craftpath.delivery.exchange.table import Register, Table
from craftpath.values.text import Text

_SCORED_WORDS = frozenset({"", "scored", "正常", "已评", "有效", "normal", "ok"})
_OFFERED = 12
_WORDS = (ABSENT, DEFERRED, EXEMPT)
"""The statuses that an error offers beside a score; `texts` says them in the reader's language."""


def check_marks(
    sheet: Sheet, header_row: int, mapping: ColumnMapping, words: MarkWords, known: MarksKnowledge
) -> MarksPlan:
    """Judge every mark below the header against what the register knows; nothing is written anywhere."""
    table = Table(sheet, header_row, mapping)
    items = {item.key: item for item in known.items}
    table.require_columns(items)
    if mapping.is_long and mapping.column_of("score") is None:
        table.fail(header_row, 0, "column.score_missing")
    if not mapping.is_long and not any(mapping.items()):
        table.fail(header_row, 0, "column.no_item")
    if table.errors:
        return MarksPlan(sheet.name, (), tuple(table.errors), tuple(table.remarks))
    reader = _Marks(table, words, known, items)
    rows = tuple(reader.long() if mapping.is_long else reader.wide())
    reader.finish(rows)
    return MarksPlan(sheet.name, rows, tuple(table.errors), tuple(table.remarks))


class _Marks:
    def __init__(
        self, table: Table, words: MarkWords, known: MarksKnowledge, items: dict[str, ItemChoice]
    ) -> None:
        self.table = table
        self.words = words
        self.known = known
        self.items = items
        self.register = Register(known.people)
        self.name_column = table.mapping.column_of("name")
        self.mentioned: dict[str, str] = {}
        self.passed_over: set[str] = set()
        self.read: dict[tuple[str, type, Cell], KnownMark | CellFault] = {}

    def wide(self) -> Iterator[MarkRow]:
        """One row per person; a person who stands there twice is an error."""
        columns = list(self.table.mapping.items())
        for row in self.table.rows():
            person = self.person(row)
            if person is None:
                continue
            place = address(row, self.table.number_column or 0)
            if person.number in self.mentioned:
                facts = {"first": self.mentioned[person.number]}
                self.table.fail(row, self.table.number_column or 0, "cell.number_twice", **facts)
                continue
            self.mentioned[person.number] = place
            for column, key in columns:
                yield from self.mark(row, column, person, self.items[key], "")

    def long(self) -> Iterator[MarkRow]:
        """One row per person and item; the same pair twice is an error that names both cells."""
        mapping = self.table.mapping
        item_column, score_column = mapping.column_of("item") or 0, mapping.column_of("score") or 0
        status_column = mapping.column_of("status")
        names = self.item_names()
        seen: dict[tuple[str, str], str] = {}
        for row in self.table.rows():
            person = self.person(row)
            item = self.item(row, item_column, names)
            if person is None or item is None:
                continue
            self.mentioned.setdefault(person.number, address(row, self.table.number_column or 0))
            pair = (person.number, item.key)
            if pair in seen:
                self.table.fail(row, score_column, "cell.mark_twice", first=seen[pair])
                continue
            seen[pair] = address(row, score_column)
            status = "" if status_column is None else self.status(row, status_column, score_column)
            if status is not None:
                yield from self.mark(row, score_column, person, item, status)

    def person(self, row: int) -> KnownPerson | None:
        number = self.table.number(row)
        if number is None:
            return None
        column = self.table.number_column or 0
        person = self.register.find(self.table, row, number)
        if person is None:
            self.table.fail(row, column, "cell.unknown_number", near=self.register.near(number))
            return None
        name_column = self.name_column
        name = "" if name_column is None else tidy(self.table.sheet.cell(row, name_column))
        if name in (person.values.get("name"), person.values.get("name_en")):
            return person
        known = {plain(str(person.values.get(field) or "")) for field in ("name", "name_en")} - {""}
        if name and known and plain(name) not in known:
            facts = {"number": person.number, "given": name, "known": person.name}
            self.table.remark(row, name_column or 0, "remark.name_differs", **facts)
        return person

    def item_names(self) -> dict[str, ItemChoice]:
        names: dict[str, ItemChoice] = {}
        for spelling in (plain, bare):
            for item in self.known.items:
                for name in (item.key, item.zh, item.en):
                    names.setdefault(spelling(name), item)
        return names

    def item(self, row: int, column: int, names: dict[str, ItemChoice]) -> ItemChoice | None:
        given = self.table.read(row, column, plain_text)
        if given is None:
            return None
        item = names.get(plain(given)) or names.get(bare(given)) if given else None
        if item is None:
            offered = [name for item in self.known.items for name in (item.zh, item.en) if name]
            choices = [Text(item.zh, item.en).both() or item.key for item in self.known.items][:_OFFERED]
            self.table.fail(
                row, column, "cell.unknown_item", near=self.register.alike(given, offered), choices=choices
            )
        return item

    def status(self, row: int, column: int, score_column: int) -> str | None:
        """The status that a long row states: "" if the score decides, None after an error."""
        cell = self.table.sheet.cell(row, column)
        if spelt(cell) in _SCORED_WORDS:
            return ""
        meaning = self.words.meaning(cell)
        if not meaning:
            self.table.fail(row, column, "cell.unknown_word", words=list(_WORDS))
            return None
        text = score_text(self.table.sheet.cell(row, score_column))
        zero = text is not None and not text.strip("+-0.")
        if text is not None and not (zero and meaning == ABSENT):
            self.table.fail(row, score_column, "cell.score_and_status", status=meaning)
            return None
        return meaning

    def mark(
        self, row: int, column: int, person: KnownPerson, item: ItemChoice, status: str
    ) -> Iterator[MarkRow]:
        """The mark that the cell states, if it states one and can be read."""
        if item.sourced:
            self.pass_over(column, item)
            return
        cell = self.table.sheet.cell(row, column)
        before = self.known.marks.get((person.number, item.key))
        if cell is None and not status and (before is not None or not self.words.blank):
            return
        after = KnownMark(None, status) if status else self.value(cell, item)
        if isinstance(after, CellFault):
            self.table.fail(row, column, after.code, **{**_allowed(item), **after.facts})
            return
        effect = Effect.ADD if before is None else Effect.SAME if before == after else Effect.CHANGE
        if effect is not Effect.SAME and person.number in self.known.decided:
            stands = "" if before is None else _said(before, item)
            self.table.fail(row, column, "cell.result_decided", number=person.number, known=stands)
            return
        if effect is Effect.CHANGE and after.status == MISSING and before is not None:
            facts = {"number": person.number, "known": _said(before, item)}
            self.table.remark(row, column, "remark.mark_becomes_missing", **facts)
        yield MarkRow(
            self.table.sheet.name,
            row,
            address(row, column),
            effect,
            person.number,
            person.public_id,
            item.key,
            after.score,
            after.status,
            before,
            after.grade,
        )

    def pass_over(self, column: int, item: ItemChoice) -> None:
        """Say once that the scheme works this item out."""
        if item.key not in self.passed_over:
            self.passed_over.add(item.key)
            facts = {"item": Text(item.zh, item.en).both() or item.key}
            self.table.remark(self.table.header_row, column, "remark.item_sourced", **facts)

    def value(self, cell: Cell, item: ItemChoice) -> KnownMark | CellFault:
        """What the cell says, or why it says nothing; of one item the same is worked out once for all rows."""
        key = (item.key, type(cell), cell)
        found = self.read.get(key)
        if found is None:
            try:
                found = self.meant(cell, item)
            except CellFault as fault:
                found = fault
            self.read[key] = found
        return found

    def meant(self, cell: Cell, item: ItemChoice) -> KnownMark:
        """A word's status, an exact score or one of the item's grades; `CellFault` for anything else."""
        if cell is None:
            return KnownMark(None, MISSING)
        if item.grades and (grade := grade_spellings(item).get(spelt(cell))):
            return KnownMark(None, SCORED, grade)
        meaning = self.words.meaning(cell)
        if meaning:
            return KnownMark(None, meaning)
        if item.grades:
            raise CellFault("cell.unknown_grade")
        if isinstance(cell, str) and score_text(cell) is None:
            raise CellFault("cell.unknown_word")
        return KnownMark(score(cell, item.top or item.max), SCORED)

    def finish(self, rows: tuple[MarkRow, ...]) -> None:
        """Remarks about the sheet as a whole."""
        name = self.table.sheet.name
        scores_of: dict[str, list[Decimal]] = {}
        for row in rows:
            if row.score is not None:
                scores_of.setdefault(row.item, []).append(row.score)
        for column, key in self.table.mapping.items():
            scores = scores_of.get(key, [])
            shares = len(scores) > 2 and max(scores) <= 1 and any(0 < one < 1 for one in scores)
            if shares and self.items[key].max >= 10:
                facts = {"column": self.table.mapping.name_of(column), "maximum": self.items[key].max}
                self.table.remark(self.table.header_row, column, "remark.looks_like_shares", **facts)
        untouched = len(self.register.people) - len(self.mentioned)
        if untouched and self.mentioned:
            self.table.remarks.append(Remark("remark.people_untouched", {"count": untouched}, name))


def _said(mark: KnownMark, item: ItemChoice) -> str:
    """What stands in the register: the score, the grade by its name, or the status."""
    if mark.grade:
        name = dict(item.grades).get(mark.grade)
        return name.both() if name else mark.grade
    return shown(mark.score) or mark.status


def _allowed(item: ItemChoice) -> dict[str, Any]:
    """What a cell of this item may hold, for the error's sentence."""
    if item.grades:
        return {"grades": [name for _, name in item.grades], "words": list(_WORDS)}
    return {"minimum": Decimal(0), "maximum": item.top or item.max, "words": list(_WORDS)}
