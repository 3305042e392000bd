"""Tables out of a file or an archive: found by their names, read line by line, and every fault with its line."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftpath.delivery.exchange.plain_text import decoded
from craftpath.delivery.exchange.zipped import BROKEN, too_tight

BYTES = 64 * 2**20
"""Bytes of an upload; the whole of ESCO is some 20 MB packed."""
UNPACKED = 400 * 2**20
ROWS = 600_000
LONGEST_NAME, LONGEST_TEXT, LONGEST_KEY = 400, 12_000, 200
LONGEST_FIELD = 100_000
MOST_FAULTS = 100
_LANGUAGE = re.compile(r"_(zh|en)$")


def a_fault(code: str, file: str = "", line: int = 0, given: str = "", **facts: Any) -> dict[str, Any]:
    """A fault as a report keeps it."""
    return {"code": code, "file": file, "line": line, "given": given[:80], "facts": facts}


@dataclass(slots=True)
class Faults:
    """What is wrong: the first hundred in full, the others counted."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0

    def add(self, code: str, file: str = "", line: int = 0, given: str = "", **facts: Any) -> None:
        """One more."""
        if len(self.rows) >= MOST_FAULTS:
            self.more += 1
            return
        self.rows.append(a_fault(code, file, line, given, **facts))

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `name` without folder, ending and language, in small letters; `language` where its name says one."""

    file: str
    name: str
    language: str
    text: str


def tables_of(content: bytes, name: str, faults: Faults) -> list[Table]:
    """The tables of an archive, or the one of a single file; None of it where anything cannot be read."""
    packed = content.startswith(b"PK")
    files = list(_unpacked(content, name, faults)) if packed else [(name, content)]
    found = []
    for file, given in files:
        read = decoded(given)
        if read is None:
            faults.add("catalogue.encoding", file)
            continue
        stem = file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or file
        spoken = _LANGUAGE.search(stem)
        plain = stem[: spoken.start()] if spoken else stem
        found.append(Table(file, plain.lower(), spoken[1] if spoken else "en", read[0]))
    if not found and not faults:
        faults.add("catalogue.no_table", name)
    return found


def _unpacked(content: bytes, name: str, faults: Faults) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if one.filename.lower().endswith((".csv", ".txt"))]
            whole = sum(one.file_size for one in members)
            if whole > UNPACKED or too_tight(whole, len(content)):
                faults.add("catalogue.too_large", name, limit=UNPACKED // 2**20)
                return
            for member in members:
                yield member.filename, archive.read(member)
    except BROKEN:
        faults.add("catalogue.broken_archive", name)


def rows_of(
    table: Table, wanted: Sequence[str], faults: Faults, *, tabs: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, fields) of a table that has these columns; a table without them is told and gives nothing."""
    stream = io.StringIO(table.text, newline="")
    reader = csv.reader(
        stream,
        delimiter="\t" if tabs else ",",
        strict=not tabs,
        quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
    )
    try:
        head = [one.strip() for one in next(reader, [])]
        missing = [one for one in wanted if one not in head]
        if missing:
            faults.add("catalogue.columns", table.file, 1, ", ".join(head), missing=", ".join(missing))
            return
        for count, cells in enumerate(reader, start=1):
            if count > ROWS:
                faults.add("catalogue.too_many_rows", table.file, reader.line_num, limit=ROWS)
                return
            if any(len(cell) > LONGEST_FIELD for cell in cells):
                raise csv.Error(f"field larger than field limit ({LONGEST_FIELD})")
            if any(cells):
                yield reader.line_num, dict(zip(head, cells, strict=False))
    except csv.Error as fault:
        faults.add("catalogue.not_a_table", table.file, reader.line_num, str(fault))


def words(given: Mapping[str, str], column: str) -> str:
    """A cell without blanks around it and without what no database takes."""
    return (given.get(column) or "").replace("\0", "").strip()


def others_of(given: str) -> list[str]:
    """Other names, a line each."""
    return [one.strip()[:LONGEST_NAME] for one in given.splitlines() if one.strip()]


def fits(key: str, name: str, table: Table, line: int, faults: Faults) -> bool:
    """Whether a line has a key and a name that can be kept."""
    if not key or len(key) > LONGEST_KEY:
        faults.add("catalogue.no_key", table.file, line, key)
    elif not name or len(name) > LONGEST_NAME:
        faults.add("catalogue.no_name", table.file, line, name, limit=LONGEST_NAME)
    else:
        return True
    return False


def circles(parents: Mapping[str, str], faults: Faults, file: str) -> None:
    """Groups that lie in themselves, each told once."""
    clear: set[str] = set()
    for start in parents:
        way: dict[str, None] = {}
        key = start
        while key and key not in clear and key not in way:
            way[key] = None
            key = parents.get(key, "")
        if key and key in way:
            faults.add("catalogue.circle", file, 0, key)
        clear |= set(way)
