"""Reading `scores.csv` row by row: every impossible cell is named with its line."""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.evaluate_sentences import SCORES
from craftpath.delivery.commands.files import file_complaint, file_trouble, not_utf8_line
from craftpath.delivery.commands.speech import say
from craftpath.engines.evaluation import Collector, Marks, Scheme, Status, cell_fault

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})")
STATUSES = {status.name.lower(): status for status in Status}


class Cell(NamedTuple):
    """What a row says of one item."""

    column: int
    value: Decimal | str | None
    status: Status


class Wrong(NamedTuple):
    """Why a row says nothing."""

    field: str
    code: str
    facts: Mapping[str, object]


def read_scores(path: Path, scheme: Scheme, latest: bool) -> Marks:
    """The marks of a file for this scheme; raises `BadInput` with every fault.

    Of several rows for one person and item the last one counts with `latest`, else they are a fault.
    """
    reading = _Reading(path, scheme)
    try:
        with (
            file_trouble(path, "unreadable"),
            path.open(encoding="utf-8-sig", newline="") as source,
        ):
            reading.read(csv.reader(source, strict=True))
    except UnicodeDecodeError:
        reading.complaints.append(file_complaint(path, not_utf8_line(path), "not_utf8"))
    return reading.marks(latest)


class _Reading:
    """One pass over one file."""

    def __init__(self, path: Path, scheme: Scheme) -> None:
        self.path = path
        self.scheme = scheme
        self.collector = Collector(scheme)
        self.lines = array("q")
        self.complaints: list[Complaint] = []
        self.items = {item.key: column for column, (_, item) in enumerate(scheme.items)}
        self.judged: dict[tuple[str, str, str], Cell | Wrong] = {}

    def complain(self, line: int, field: str, code: str, **facts: object) -> None:
        self.complaints.append(Complaint(str(self.path), line, field, say(SCORES, code, **facts)))

    def read(self, rows: Any) -> None:
        try:
            numbered = _numbered(rows)
            line, header = next(numbered, (1, None))
            if header is None:
                self.complaints.append(file_complaint(self.path, 1, "empty"))
                return
            where = self._where(line, header)
            if where:
                for line, row in numbered:
                    self._row(line, row, where, len(header))
        except csv.Error as error:
            line = max(rows.line_num, 1)
            self.complaints.append(file_complaint(self.path, line, "csv", why=str(error)))

    def _where(self, line: int, header: list[str]) -> tuple[int, int, int, int | None] | None:
        """Positions of person, item, score and status in the header."""
        names = [name.strip().casefold() for name in header]
        for name in ("person", "item", "score", "status"):
            if names.count(name) > 1:
                self.complain(line, name, "column_twice")
            elif name not in names and name != "status":
                self.complain(line, name, "column_missing")
        if self.complaints:
            return None
        status = names.index("status") if "status" in names else None
        return names.index("person"), names.index("item"), names.index("score"), status

    def _row(self, line: int, row: list[str], where: Sequence[int | None], width: int) -> None:
        if len(row) != width:
            if any(cell.strip() for cell in row[width:]):
                self.complain(line, "row", "cells_too_many", given=len(row), most=width)
                return
            row = row + [""] * (width - len(row))
        person, item, score, status = ("" if at is None else row[at].strip() for at in where)
        if not person or not person.isprintable():
            if any(cell.strip() for cell in row):
                self.complain(line, "person", "person_unprintable" if person else "person_empty")
            return
        found = self.judged.get((item, score, status)) or self._judge(item, score, status)
        if isinstance(found, Wrong):
            self.complain(line, found.field, found.code, **found.facts)
            return
        self.collector.add(person, found.column, found.value, found.status)
        self.lines.append(line)

    def _judge(self, item: str, score: str, status: str) -> Cell | Wrong:
        """What a cell means, remembered: a file repeats the same few thousand combinations."""
        found = self.judged[item, score, status] = self._meaning(item, score, status)
        return found

    def _meaning(self, item: str, score: str, status: str) -> Cell | Wrong:
        if item not in self.items:
            return Wrong("item", "item_unknown", {"given": item})
        named = status.casefold() or ("scored" if score else "missing")
        if named not in STATUSES:
            return Wrong("status", "status_unknown", {"given": status, "allowed": ", ".join(STATUSES)})
        component, thing = self.scheme.items[self.items[item]]
        if STATUSES[named] != Status.SCORED:
            return Cell(self.items[item], None, STATUSES[named])
        value: Decimal | str | None = score or None
        if value is not None and not component.grades:
            if not NUMBER.fullmatch(score):
                return Wrong("score", "not_a_number", {"given": score})
            value = Decimal(score)
        fault = cell_fault(component, thing, value, Status.SCORED)
        if fault:
            return Wrong("score", fault.code.removeprefix("evaluation."), dict(fault.facts))
        return Cell(self.items[item], value, Status.SCORED)

    def marks(self, latest: bool) -> Marks:
        if not latest:
            for first, again in self.collector.twice():
                person, item = self.collector.whose(again)
                self.complain(
                    self.lines[again], "item", "twice", person=person, item=item, before=self.lines[first]
                )
        if self.complaints:
            raise BadInput(sorted(self.complaints, key=lambda complaint: complaint.line))
        return Marks(*self.collector.columns())


def _numbered(rows: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that they begin on, without blank ones."""
    before = 0
    for row in rows:
        if any(row):
            yield before + 1, row
        before = rows.line_num
