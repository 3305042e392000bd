"""Reading a table whose first column names its rows and whose other columns the file itself chooses."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.files import file_complaint, file_trouble, not_utf8_line
from craftpath.delivery.commands.psychometric_sentences import COLUMNS
from craftpath.delivery.commands.speech import say

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})")
NO_NUMBERS = {"nan", "-nan", "+nan"}  # what a program writes for "nothing here"
LONGEST_NAME = 60


class Reading:
    """Complaints about one file, and its rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.complaints: list[Complaint] = []

    def complain(self, line: int, field: str, code: str, **facts: object) -> None:
        """Note a fault; `field` is a column's name."""
        short = field if len(field) <= LONGEST_NAME else field[: LONGEST_NAME - 3] + "..."
        self.complaints.append(Complaint(str(self.path), line, short, say(COLUMNS, code, **facts)))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that holds anything, cells without blanks at their ends, with the line that it begins on."""
        try:
            with (
                file_trouble(self.path, "unreadable"),
                self.path.open(encoding="utf-8-sig", newline="") as source,
            ):
                yield from self._numbered(source)
        except UnicodeDecodeError:
            self.complaints.append(file_complaint(self.path, not_utf8_line(self.path), "not_utf8"))

    def _numbered(self, source: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        rows = csv.reader(source, strict=True)
        before = 0
        try:
            for row in rows:
                cells = [cell.strip() for cell in row]
                if any(cells):
                    yield before + 1, cells
                before = rows.line_num
        except csv.Error as error:
            line = max(rows.line_num, 1)
            self.complaints.append(file_complaint(self.path, line, "csv", why=str(error)))

    def header(self, rows: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
        """The first row; raises `BadInput` where there is none."""
        line, names = next(rows, (1, []))
        if not names:
            self.stop()  # what could not be read is not empty
            self.stop(file_complaint(self.path, 1, "empty"))
        return line, names

    def named(self, first: str, none: str) -> tuple[list[str], Iterator[tuple[int, str, list[str]]]]:
        """The columns beside `first`, and the rows as (line, name, cells); `none` is the code for no columns.

        Raises `BadInput` where the header cannot be used.
        """
        rows = self.rows()
        line, header = self.header(rows)
        place = self.place(line, header, first)
        names = header[:place] + header[place + 1 :]
        if not names:
            self.complain(line, first, none)
        for at, name in enumerate(names):
            if not name or not name.isprintable():
                self.complain(line, "header", "name_unprintable" if name else "name_empty", column=at + 1)
            elif name in names[:at]:
                self.complain(line, name, "column_twice")
        if self.complaints:
            self.stop()
        return names, self._named(rows, first, place, len(header))

    def place(self, line: int, header: list[str], name: str) -> int:
        """Where the column of this name stands, whatever its case; raises `BadInput` if not exactly once."""
        found = [at for at, one in enumerate(header) if one.casefold() == name]
        if len(found) != 1:
            self.complain(line, name, "column_twice" if found else "column_missing")
            self.stop()
        return found[0]

    def _named(
        self, rows: Iterator[tuple[int, list[str]]], first: str, place: int, width: int
    ) -> Iterator[tuple[int, str, list[str]]]:
        before: dict[str, int] = {}
        for line, row in rows:
            if len(row) != width:
                self.complain(line, "row", "cells_unequal", given=len(row), width=width)
                continue
            name = row.pop(place)
            if not name or not name.isprintable():
                self.complain(line, first, "name_unprintable" if name else "name_empty", column=place + 1)
            elif name in before:
                self.complain(line, first, "twice", given=name, before=before[name])
            else:
                before[name] = line
                yield line, name, row
        if not before and not self.complaints:
            self.complain(1, first, "no_rows")

    def stop(self, *more: Complaint) -> None:
        """Raise `BadInput` if there is anything to complain of."""
        self.complaints.extend(more)
        if self.complaints:
            raise BadInput(sorted(self.complaints, key=lambda complaint: complaint.line))
