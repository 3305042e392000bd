"""A OneRoster 1.2 csv package from elsewhere as a book of sheets, a sheet for each class: then it is a roster as any.

Columns are guessed, tried out, committed and undone like those of an office's own workbook. Only whole (bulk) files
are read: what changed since a moment that we have not seen cannot be checked against anything.
"""

from __future__ import annotations

import csv
import io
import zipfile

from craftpath.delivery.exchange import limits, zipped
from craftpath.delivery.exchange.book import Book, Cell, Sheet, SheetRefused, rectangle
from craftpath.delivery.exchange.oneroster.checking import FILLED, modes_of, require_files, require_fitting
from craftpath.delivery.exchange.writing import sheet_names

MANIFEST = "manifest.csv"
_NEEDED = ("classes", "enrollments", "users")
_PARTS = 60
_HEADER: tuple[str, ...] = ("Student number", "Name", "E-mail", "Phone", "Starts on")
_MANIFEST_BYTES = 100_000


def is_package(content: bytes) -> bool:
    """Whether it is a zip with tables of a roster, with or without its manifest, and no workbook."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipped.BROKEN:
        return False
    tables = {MANIFEST, *(f"{name}.csv" for name in _NEEDED)}
    return bool(tables & names) and "[Content_Types].xml" not in names


def read_package(content: bytes, filename: str) -> Book:
    """The classes with their students; `SheetRefused` with the file that is not as the binding has it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_sane(archive)
            modes = modes_of(_rows(archive, MANIFEST, ("propertyName", "value")), _NEEDED)
            require_files(modes, archive.namelist())
            found = {
                name: _rows(archive, f"{name}.csv", ("sourcedId", *heads))
                for name, heads in FILLED.items()
                if modes.get(name) == "bulk"
            }
    except KeyError as missing:
        raise SheetRefused("sheet.package_lacks", part=str(missing)[:60]) from None
    except (*zipped.BROKEN, csv.Error):
        raise SheetRefused("sheet.damaged") from None
    require_fitting(found)
    return Book(filename, "csv", _sheets(found), "utf-8")


def _require_sane(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if any(one.flag_bits & 1 for one in members):
        raise SheetRefused("sheet.password")
    unpacked, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if unpacked > limits.UNPACKED_BYTES or len(members) > _PARTS:
        megabyte = 1024 * 1024
        facts = {"megabytes": unpacked // megabyte, "limit": limits.UNPACKED_BYTES // megabyte}
        raise SheetRefused("sheet.unpacks_too_big", **facts)
    if zipped.too_tight(unpacked, packed):
        raise SheetRefused("sheet.packed_too_tight", ratio=limits.RATIO)
    if len({one.filename.casefold() for one in members}) < len(members):
        raise SheetRefused("sheet.damaged")


def _rows(archive: zipfile.ZipFile, name: str, needed: tuple[str, ...]) -> list[dict[str, str]]:
    member = archive.NameToInfo[name]
    if name == MANIFEST and member.file_size > _MANIFEST_BYTES:
        raise SheetRefused("sheet.damaged")
    try:
        text = b"".join(zipped.in_chunks(archive, member)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetRefused("sheet.package_not_unicode", part=name) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    heads = next(reader, [])
    if not set(needed) <= set(heads):
        raise SheetRefused(
            "sheet.package_heads", part=name, names=", ".join(sorted(set(needed) - set(heads)))
        )
    rows: list[dict[str, str]] = []
    for line in reader:
        if len(line) != len(heads):
            raise SheetRefused("sheet.package_width", part=name, line=reader.line_num)
        rows.append(dict(zip(heads, line, strict=True)))
        if len(rows) > limits.ROWS:
            raise SheetRefused("sheet.too_many_rows", sheet=name, count=len(rows), limit=limits.ROWS)
    return rows


def _sheets(found: dict[str, list[dict[str, str]]]) -> tuple[Sheet, ...]:
    users = {row["sourcedId"]: row for row in found["users"]}
    members: dict[str, list[list[Cell]]] = {row["sourcedId"]: [] for row in found["classes"]}
    for row in found["enrollments"]:
        if row["role"] == "student":
            members[row["classSourcedId"]].append(_student(users[row["userSourcedId"]], row))
    names = sheet_names([row["title"] or row["sourcedId"] for row in found["classes"]])
    sheets = [
        Sheet(name, rectangle([list(_HEADER), *members[row["sourcedId"]]]))
        for name, row in zip(names, found["classes"], strict=True)
        if members[row["sourcedId"]]
    ]
    if not sheets:
        raise SheetRefused("sheet.empty_file")
    return tuple(sheets)


def _student(user: dict[str, str], row: dict[str, str]) -> list[Cell]:
    cells = (
        user.get("identifier") or user["sourcedId"],
        _name(user["familyName"].strip(), user["givenName"].strip()),
        user.get("email", ""),
        user.get("phone", "") or user.get("sms", ""),
        row.get("beginDate", ""),
    )
    return [cell if cell.strip() else None for cell in cells]


def _name(family: str, given: str) -> str:
    """As its owner writes it: a Chinese surname stands first, without a space."""
    if family == given:
        return family
    return f"{given} {family}".strip() if f"{family}{given}".isascii() else f"{family}{given}"
