"""A workbook or a text table of units, read cell by cell; everything that is wrong is told with its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.book import Book, Cell, Sheet
from craftpath.delivery.exchange.cells import shown
from craftpath.delivery.exchange.curricula.columns import (
    COLUMNS,
    NEEDED,
    NO,
    OUTCOMES,
    UNITS,
    YES,
    columns_by_name,
    kind_of,
)
from craftpath.delivery.exchange.headers import address
from craftpath.delivery.exchange.spelling import one_line, plain, tidy
from craftpath.domain.curricula.cards import CardValues, OutcomeValues
from craftpath.domain.curricula.library import library_faults
from craftpath.domain.curricula.texts import TRAINERS
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.curricula.queries import Offer

SEPARATORS = re.compile(r"[;；、,，\n]")
_SKILL = re.compile(r"^(.+?)[ ::：]*(\d{1,3})?\s*%?$")
_CLOCK = re.compile(r"^(\d{1,5})[:：]([0-5]\d)$")
MOST_FAULTS = 500


@dataclass(frozen=True, slots=True)
class CellWrong:
    """What is wrong with a cell: where it is, what stands in it, and a reason code with its facts."""

    sheet: str
    cell: str
    column: str
    given: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """A row of a sheet under its heads; `where` gives the cell of a column."""

    sheet: Sheet
    number: int
    columns: Mapping[str, int]
    kind: str
    reading: Reading

    def text(self, key: str) -> str:
        """What stands in a column, on one line as it is written; "" where there is no such column."""
        return one_line(self.cell(key)) if key in self.columns else ""

    def cell(self, key: str) -> Cell:
        """The cell of a column."""
        return self.sheet.cell(self.number, self.columns[key]) if key in self.columns else None

    def parts(self, key: str) -> list[str]:
        """Words that stand in one cell, parted by ; or , or new lines."""
        given = shown(self.cell(key)) if key in self.columns else ""
        return [part.strip() for part in SEPARATORS.split(given) if part.strip()]

    def lines(self, key: str) -> list[str]:
        """Lines of a cell."""
        given = shown(self.cell(key)) if key in self.columns else ""
        return [part.strip() for part in given.splitlines() if part.strip()]

    def where(self, key: str) -> str:
        """The name of a cell, such as C5."""
        return address(self.number, self.columns.get(key, 0))

    def fail(self, key: str, code: str, **facts: Any) -> None:
        """Note what is wrong with a cell."""
        name = COLUMNS[self.kind][key] if key in COLUMNS[self.kind] else Text.of(key)
        given = shown(self.cell(key))[:80]
        wrong = CellWrong(
            self.sheet.name, self.where(key), name.say(self.reading.language), given, code, facts
        )
        if len(self.reading.faults) < MOST_FAULTS:
            self.reading.faults.append(wrong)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return all(cell is None for cell in self.sheet.row(self.number))


@dataclass(slots=True)
class Reading:
    """What a file holds: its rows by key, and what is wrong."""

    offer: Offer
    language: str
    units: dict[str, Line] = field(default_factory=dict)
    outcomes: list[Line] = field(default_factory=list)
    assessments: dict[str, Line] = field(default_factory=dict)
    values: dict[str, CardValues] = field(default_factory=dict)
    faults: list[CellWrong] = field(default_factory=list)
    has: set[str] = field(default_factory=set)


def read_units(
    book: Book,
    offer: Offer,
    skills: Mapping[str, str],
    library: Mapping[str, CardValues],
    language: str,
    *,
    whole: bool = False,
) -> Reading:
    """Cards of a file. A card whose outcomes the file does not name keeps those that `library` has.

    In the file of a `whole` version outcomes belong to that and not to cards: they are left to who reads it on.
    `skills` has the key of each core skill under its key and its names, as `plain` spells them.
    """
    reading = Reading(offer, language)
    for sheet in book.sheets:
        kind = kind_of(sheet.name) or (UNITS if len(book.sheets) == 1 or book.kind == "csv" else "")
        if kind:
            reading.has.add(kind)
            _gather(reading, sheet, kind)
    if UNITS not in reading.has:
        reading.faults.append(CellWrong("", "", "", "", "curricula.sheet_without_units"))
    elif not reading.units and not reading.faults:
        reading.faults.append(CellWrong("", "", "", "", "curricula.sheet_without_rows"))
    outcomes = {} if whole else _outcomes(reading, skills, library)
    for key, line in reading.units.items():
        reading.values[key] = _card(reading, line, skills, outcomes.get(key, ()))
    _whole(reading, library)
    return reading


def _gather(reading: Reading, sheet: Sheet, kind: str) -> None:
    """Put the rows of a sheet where they belong; heads that are missing, and keys that stand twice, are told."""
    known = columns_by_name(kind)
    columns: dict[str, int] = {}
    for at, name in enumerate(sheet.row(1)):
        found = known.get(plain(tidy(name)))
        if found is not None:
            columns.setdefault(found, at)
    head = Line(sheet, 1, columns, kind, reading)
    missing = [key for key in NEEDED[kind] if key not in columns]
    for key in missing:
        head.fail(key, "curricula.column_missing", column=COLUMNS[kind][key].say(reading.language))
    for number in range(2, sheet.height + 1) if not missing else ():
        line = Line(sheet, number, columns, kind, reading)
        if line.blank:
            continue
        if kind == OUTCOMES:
            reading.outcomes.append(line)
            continue
        rows = reading.units if kind == UNITS else reading.assessments
        key = line.text("key")
        if not key:
            line.fail("key", "curricula.key_missing")
        elif key in rows:
            line.fail("key", "curricula.key_stands_twice", first=rows[key].where("key"))
        else:
            rows[key] = line


def _card(
    reading: Reading, line: Line, skills: Mapping[str, str], outcomes: Sequence[OutcomeValues]
) -> CardValues:
    offer = reading.offer
    bucket = _one_of(line, "bucket", offer.buckets)
    return CardValues(
        key=line.text("key"),
        name=Text(zh=line.text("zh"), en=line.text("en")).as_json(),
        minutes=_minutes(line),
        place=offer.buckets[bucket].place if bucket in offer.buckets else "workplace",
        bucket=bucket,
        stages=tuple(_stages(line, offer)),
        area=_one_of(line, "area", offer.areas, blank=True),
        skills=_strengths(line, skills),
        prerequisites=tuple(line.parts("needs")),
        trainer=_trainer(line),
        room=line.text("room"),
        hazardous=_yes(line),
        resources=tuple(_resource(one) for one in line.lines("resources")),
        outcomes=tuple(outcomes),
    )


def _minutes(line: Line) -> int:
    given = line.cell("hours")
    if isinstance(given, int | Decimal) and not isinstance(given, bool) and 0 < given < 10**5:
        return int((Decimal(given) * 60).to_integral_value())
    clock = _CLOCK.match(tidy(given)) if isinstance(given, str) else None
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    text = tidy(given).replace(",", ".")
    if re.fullmatch(r"\d{1,5}(\.\d{1,2})?", text) and Decimal(text):
        return int((Decimal(text) * 60).to_integral_value())
    line.fail("hours", "curricula.hours_unclear")
    return 1


def _one_of(line: Line, key: str, rows: Mapping[str, Any], *, blank: bool = False) -> str:
    """The key of something that is known by its key or one of its names."""
    given = line.text(key)
    if not given and blank:
        return ""
    found = _find(given, rows)
    if found is None:
        allowed = [row.title.say(line.reading.language) for row in rows.values()]
        line.fail(key, "curricula.word_unknown", allowed=_listed(allowed, line.reading.language))
    return found or ""


def _find(given: str, rows: Mapping[str, Any]) -> str | None:
    if given in rows:
        return given
    spelled = plain(given)
    return next(
        (key for key, row in rows.items() if spelled in (plain(row.title.zh), plain(row.title.en))), None
    )


def _stages(line: Line, offer: Offer) -> list[str]:
    found = []
    for given in line.parts("stages"):
        key = _find(given, offer.stages)
        if key is None:
            allowed = [row.title.say(line.reading.language) for row in offer.stages.values()]
            line.fail("stages", "curricula.word_unknown", allowed=_listed(allowed, line.reading.language))
        elif key not in found:
            found.append(key)
    return found


def _strengths(line: Line, skills: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for given in line.parts("skills"):
        match = _SKILL.match(given)
        name, percent = (match[1].strip(), int(match[2] or 100)) if match else (given, 100)
        key = skills.get(plain(name))
        if key is None:
            line.fail("skills", "curricula.skill_unknown", skill=name[:60])
        elif not 1 <= percent <= 100:  # noqa: PLR2004  (percent)
            line.fail("skills", "curricula.strength_out_of_range", skill=name[:60], given=percent)
        else:
            found[key] = percent
    return found


def _trainer(line: Line) -> str:
    given = line.text("trainer")
    for key, label in TRAINERS.items():
        if given in (key, str(label)):
            return key
    line.fail(
        "trainer",
        "curricula.word_unknown",
        allowed=_listed([str(one) for one in TRAINERS.values()], line.reading.language),
    )
    return ""


def _yes(line: Line) -> bool:
    given = shown(line.cell("hazardous")).strip().lower() if "hazardous" in line.columns else ""
    if given not in YES | NO:
        line.fail("hazardous", "curricula.yes_or_no")
    return given in YES


def _resource(given: str) -> dict[str, str]:
    words, _bar, link = (part.strip() for part in given.partition("|"))
    return {"words": words, "link": link}


def task_of(given: str) -> dict[str, Any]:
    """A task in words, with the pointer behind a bar where there is one."""
    words, _bar, ref = (part.strip() for part in given.partition("|"))
    return {"ref": ref, "words": words}


def task_written(task: Mapping[str, Any]) -> str:
    """Words, with the pointer behind a bar where there is one."""
    words = Text.of(task.get("words")).both()
    return f"{words} | {task['ref']}" if task.get("ref") else words


def _outcomes(
    reading: Reading, skills: Mapping[str, str], library: Mapping[str, CardValues]
) -> dict[str, list[OutcomeValues]]:
    """unit key → its outcomes; of a file without such a sheet those that the library has."""
    found: dict[str, list[OutcomeValues]] = {}
    if OUTCOMES not in reading.has:
        return {key: list(library[key].outcomes) for key in reading.units if key in library}
    for line in reading.outcomes:
        units = units_named(line, needed=True)
        if not units:
            continue
        tasks = {said: one for unit in units for said, one in _tasks_of(library.get(unit)).items()}
        outcome = outcome_of(line, line.text("key"), skills, tasks)
        for unit in units:
            rows = found.setdefault(unit, [])
            rows.append(outcome if outcome.key else replace(outcome, key=f"{unit[:50]}-{len(rows) + 1}"))
    return found


def units_named(line: Line, *, needed: bool = False) -> list[str]:
    """The units that an outcome names; none, and told, where one of them does not stand in the sheet."""
    units = line.parts("unit")
    if (needed and not units) or any(unit not in line.reading.units for unit in units):
        line.fail("unit", "curricula.unit_not_in_sheet")
        return []
    return units


def _tasks_of(card: CardValues | None) -> dict[str, dict[str, Any]]:
    return {task_written(one): one for row in (card.outcomes if card else ()) for one in row.tasks}


def outcome_of(
    line: Line, key: str, skills: Mapping[str, str], tasks: Mapping[str, dict[str, Any]]
) -> OutcomeValues:
    """A row of outcomes as values; a task that is written as one of `tasks` is that one."""
    named: list[str] = []
    for given in line.parts("skills"):
        skill = skills.get(plain(given))
        if skill is None:
            line.fail("skills", "curricula.skill_unknown", skill=given[:60])
        else:
            named.append(skill)
    return OutcomeValues(
        key,
        Text(zh=line.text("zh"), en=line.text("en")).as_json(),
        tuple(named),
        _one_of(line, "area", line.reading.offer.areas, blank=True),
        tuple(tasks.get(one) or task_of(one) for one in line.lines("tasks")),
    )


COLUMN_OF = {"name": "zh", "prerequisites": "needs", "outcomes": "key"}
"""Which column a fault of a card is looked for in, where it has another name there."""


def _whole(reading: Reading, library: Mapping[str, CardValues]) -> None:
    """What is wrong with the cards together: circles, prerequisites that are nowhere, names, addresses."""
    told = {(wrong.cell, wrong.sheet) for wrong in reading.faults}
    for fault in library_faults({**library, **reading.values}, list(reading.values)):
        line = reading.units.get(fault.card)
        if line is None:
            continue
        column = COLUMN_OF.get(fault.column, fault.column)
        column = column if column in COLUMNS[UNITS] else "key"
        if (line.where(column), line.sheet.name) not in told:
            line.fail(column, fault.code, **fault.facts)


def _listed(words: Sequence[str], language: str) -> str:
    return ("、" if language.startswith("zh") else ", ").join(words)
