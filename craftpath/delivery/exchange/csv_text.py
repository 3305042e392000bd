"""Text tables: find the encoding and the delimiter, then let the standard csv module read.

Every cell stays text: only the plan that knows the column turns it into a number or a date.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from craftpath.delivery.exchange import limits
from craftpath.delivery.exchange.book import Book, Cell, Remark, Sheet, SheetRefused, rectangle
from craftpath.delivery.exchange.plain_text import decoded

_DELIMITERS = ",;\t"
_SAMPLE_LINES = 20
_SHIELDED = re.compile(r"^'(?='*(?:[=+@\t＝＋＠]|[-－](?![\d.]*$)))")  # noqa: RUF001
"""The apostrophe that `writing.write_csv` puts before a text which a spreadsheet would take for a formula."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_csv(content: bytes, filename: str, remarks: tuple[Remark, ...] = ()) -> Book:
    """Read UTF-8 (with or without BOM), UTF-16 with BOM or GB18030; separated by comma, semicolon or tab."""
    text, encoding = _decode(content)
    if _CONTROL.search(text):
        raise SheetRefused("sheet.not_a_table")
    name = _stem(filename)
    rows: list[list[Cell]] = []
    width = 0
    for fields in _parse(text, _delimiter(text)):
        row: list[Cell] = [_SHIELDED.sub("", field) if field.strip() else None for field in fields]
        while row and row[-1] is None:
            row.pop()
        width = max(width, len(row))
        rows.append(row)
        if len(rows) % 10_000 == 0 and row:
            limits.require_area(name, len(rows), width)
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise SheetRefused("sheet.empty_file")
    limits.require_area(name, len(rows), width)
    limits.require_cells(len(rows) * width)
    return Book(filename, "csv", (Sheet(name, rectangle(rows)),), encoding, remarks)


def _decode(content: bytes) -> tuple[str, str]:
    found = decoded(content)
    if found is None:
        binary = b"\x00" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        raise SheetRefused("sheet.not_a_table" if binary else "sheet.encoding_unknown")
    return found


def _parse(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows of fields; a quotation mark that never closes would swallow rows, so it is refused."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise SheetRefused("sheet.quotes", line=start) from None
        yield fields


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into the most, and most equal, fields; a comma in doubt."""
    lines = list(itertools.islice((line for line in io.StringIO(text) if line.strip()), _SAMPLE_LINES))

    def merit(delimiter: str) -> int:
        widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=delimiter))
        return max((width - 1) * times for width, times in widths.items())

    try:
        return max(_DELIMITERS, key=merit)
    except (csv.Error, ValueError):
        return ","


def _stem(filename: str) -> str:
    name = filename.replace("\\", "/").rpartition("/")[2]
    return name.rpartition(".")[0] or name or "csv"
