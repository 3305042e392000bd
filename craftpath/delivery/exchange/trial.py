"""A kept sheet tried out: its file read again under the choices made, and the plan that comes of it.

Page and commit call the same function, so what is shown is what is taken in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

from django.utils.timezone import localdate

from craftpath.delivery.exchange.book import Book, Sheet
from craftpath.delivery.exchange.columns import (
    IGNORE,
    ColumnMapping,
    ItemChoice,
    guess,
    is_ours,
    known_names,
    targets,
)
from craftpath.delivery.exchange.dry_run import check_marks, check_roster
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.headers import find_header, header_at
from craftpath.delivery.exchange.knowledge import item_choices, marks_knowledge, roster_register
from craftpath.delivery.exchange.marks_words import DEFAULT_WORDS, MEANINGS, MarkWords
from craftpath.delivery.exchange.plans import MarksPlan, RosterPlan
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.register_check import against_register
from craftpath.delivery.exchange.spelling import plain
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.evaluation.queries import evaluations
from craftpath.kernel.sheets import SheetMemory, remembered
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.kernel.sheets import SheetImport

SURE = 90
"""A guess of this confidence needs no second look."""
_REMEMBERED = 120
"""Characters of a head or word that are remembered; a longer one is no head."""
_SAID_AT_ONCE = 10_000
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the rows go: a cohort, and for marks one evaluation of it."""

    kind: Kind
    cohort: Cohort
    evaluation: Evaluation | None = None

    @property
    def items(self) -> tuple[ItemChoice, ...]:
        """The items that a column may hold; none for a roster."""
        return item_choices(self.evaluation) if self.evaluation else ()

    @property
    def ref(self) -> Ref:
        """The pointer that an import keeps."""
        if self.evaluation:
            return Ref("evaluation", "evaluation", self.evaluation.public_id)
        return Ref("apprenticeships", "cohort", self.cohort.public_id)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read: which sheet, which row names the columns, what they hold, what words mean."""

    sheet: str
    header_row: int
    mapping: ColumnMapping
    words: MarkWords = DEFAULT_WORDS
    add_enterprises: bool = False
    as_last: str = ""
    """The day of the sheet after which columns or words were guessed (ISO); "" if none was remembered."""
    recalled: tuple[int, ...] = ()
    """The columns that memory decided."""

    def as_json(self) -> dict[str, Any]:
        """The form that an import keeps."""
        return {
            "sheet": self.sheet,
            "header": self.header_row,
            "columns": self.mapping.as_json(),
            "words": self.words.as_json(),
            "add_enterprises": self.add_enterprises,
            "as_last": self.as_last,
            "recalled": list(self.recalled),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read `as_json` back."""
        return cls(
            value["sheet"],
            value["header"],
            ColumnMapping.from_json(value["columns"]),
            MarkWords.from_json(value["words"]),
            bool(value["add_enterprises"]),
            str(value.get("as_last", "")),
            tuple(value.get("recalled", ())),
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """An import tried out: the whole book, the sheet in question, and what taking it in would do."""

    target: Target
    book: Book
    sheet: Sheet
    reading: Reading
    plan: RosterPlan | MarksPlan

    @property
    def token(self) -> str:
        """What this check promises, in a few letters: how the sheet is read, and what each row would do."""
        said = hashlib.sha256(json.dumps(self.reading.as_json(), sort_keys=True).encode())
        rows = self.plan.rows
        if rows:
            values_of = attrgetter(*(one.name for one in fields(rows[0])))
            for start in range(0, len(rows), _SAID_AT_ONCE):
                some = [values_of(row) for row in rows[start : start + _SAID_AT_ONCE]]
                said.update(json.dumps(some, default=repr).encode())
        return said.hexdigest()[:16]


def target_of(sheet_import: SheetImport) -> Target:
    """What the import is for; a `DoesNotExist` of the noun if the reader does not see it."""
    ref = Ref.parse(sheet_import.target)
    if sheet_import.kind == Kind.ROSTER:
        return Target(Kind.ROSTER, cohorts().get(public_id=ref.public_id))
    evaluation = evaluations().get(public_id=ref.public_id)
    return Target(Kind.MARKS, evaluation.cohort, evaluation)


def first_reading(book: Book, target: Target) -> Reading:
    """The best guess for a new file: the sheet in which most columns are recognised."""
    found = [_guessed(sheet, target) for sheet in book.sheets]
    return max(_with_memory(found, target), key=lambda reading: _merit(reading.mapping))


def reading_of(sheet: Sheet, target: Target, header_row: int | None = None) -> Reading:
    """A fresh guess of one sheet's columns; the header row is found unless it is named."""
    return _with_memory([_guessed(sheet, target, header_row)], target)[0]


def _guessed(sheet: Sheet, target: Target, header_row: int | None = None) -> Reading:
    header = (
        find_header(sheet, known_names(target.kind, target.items))
        if header_row is None
        else header_at(sheet, header_row)
    )
    return Reading(sheet.name, header.row, guess(header.names, target.kind, target.items))


def _with_memory(readings: list[Reading], target: Target) -> list[Reading]:
    """The same as the office last committed them; one query for all sheets of a book."""
    names = {plain(column.name) for reading in readings for column in reading.mapping.columns}
    found = remembered(target.cohort.organisation, target.kind, names)
    return [recall(reading, found, target) for reading in readings] if found else readings


def recall(reading: Reading, memory: Iterable[SheetMemory], target: Target) -> Reading:
    """A reading as memory has it; what does not fit the scheme any more is passed over."""
    allowed = set(targets(target.kind, target.items))
    heads = {one.name: one for one in memory if one.what == "column" and one.means in allowed}
    names = Counter(plain(column.name) for column in reading.mapping.columns)
    wanted = {
        column.column: heads[name]
        for column in reading.mapping.columns
        if (name := plain(column.name)) in heads and names[name] == 1
    }
    taken = {one.means for one in wanted.values()} - {IGNORE}
    decided, columns = [], []
    for column in reading.mapping.columns:
        known = wanted.get(column.column)
        if known is None:  # a guess gives way to a column of which somebody has said it
            columns.append(replace(column, target=IGNORE, confidence=0) if column.target in taken else column)
            continue
        if known.means != column.target or column.confidence < SURE:
            decided.append(column.column)
        columns.append(replace(column, target=known.means, confidence=100))
    meanings = {one.name: one.means for one in memory if one.what == "word" and one.means in ("", *MEANINGS)}
    words = reading.words.with_meanings(meanings) if target.kind is Kind.MARKS else reading.words
    used = [one.kept_at for one in wanted.values()]
    if not decided and words == reading.words:
        return replace(reading, mapping=replace(reading.mapping, columns=tuple(columns)))
    day = max([*used, *(one.kept_at for one in memory if one.what == "word")])
    return replace(
        reading,
        mapping=replace(reading.mapping, columns=tuple(columns)),
        words=words,
        as_last=localdate(day).isoformat(),
        recalled=tuple(decided),
    )


def meanings_of(reading: Reading) -> dict[tuple[str, str], str]:
    """What a committed reading teaches: its heads as they were taken, and the words that somebody chose."""
    columns = [column for column in reading.mapping.columns if not is_ours(column.name)]
    names = Counter(plain(column.name) for column in columns)
    learned = {
        ("column", name): column.target
        for column in columns
        if (name := plain(column.name)) and names[name] == 1 and len(name) <= _REMEMBERED
    }
    changed = {
        ("word", word): meaning for word, meaning in reading.words.changed.items() if len(word) <= _REMEMBERED
    }
    return learned | changed


def _merit(mapping: ColumnMapping) -> tuple[bool, int]:
    recognised = sum(column.target != IGNORE for column in mapping.columns)
    return mapping.column_of("number") is not None, recognised


def book_of(sheet_import: SheetImport) -> Book:
    """The kept file, read again."""
    return read_book(sheet_import.file.bytes(), sheet_import.file.name)


def try_out(sheet_import: SheetImport, *, on: date, book: Book | None = None) -> Trial:
    """The plan of an import under its kept reading, against the register as it is now; `book` is its file, if read."""
    target, book = target_of(sheet_import), book or book_of(sheet_import)
    reading = Reading.from_json(sheet_import.reading)
    sheet = book.sheet(reading.sheet)
    return Trial(target, book, sheet, reading, _plan(target, sheet, reading, on))


def _plan(target: Target, sheet: Sheet, reading: Reading, on: date) -> RosterPlan | MarksPlan:
    if target.evaluation:
        known = marks_knowledge(target.evaluation)
        return check_marks(sheet, reading.header_row, reading.mapping, reading.words, known)
    register = roster_register(target.cohort, add_enterprises=reading.add_enterprises, on=on)
    plan = check_roster(sheet, reading.header_row, reading.mapping, register.known)
    return against_register(plan, register, target.cohort)


def place(cell: str) -> tuple[int, int]:
    """Row number and column index of a cell's name (C7 → 7, 2); ValueError for anything else."""
    found = _CELL.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    column = 0
    for one in found[1]:
        column = column * 26 + ord(one) - 64
    return int(found[2]), column - 1
