"""One door for every file: decide by content what it is, read it, or say why not.

The name of a file is only used to notice that it does not fit the content.
"""

from __future__ import annotations

from craftpath.delivery.exchange import limits
from craftpath.delivery.exchange.book import Book, Cell, Remark, Row, Sheet, SheetRefused
from craftpath.delivery.exchange.csv_text import read_csv
from craftpath.delivery.exchange.oneroster.reading import is_package, read_package
from craftpath.delivery.exchange.workbook import read_workbook

__all__ = ["Book", "Cell", "Remark", "Row", "Sheet", "SheetRefused", "read_book"]

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF", b"Rar!": "RAR"}
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head")


def read_book(content: bytes, filename: str) -> Book:
    """Read a workbook, a text table or a OneRoster package; `SheetRefused` for anything else, never another error."""
    sniff(content)
    if is_package(content):
        return read_package(content, filename)
    if content.startswith(_ZIP):
        return read_workbook(content, filename, _remarks(filename, ".xlsx"))
    return read_csv(content, filename, _remarks(filename, ".csv"))


def sniff(content: bytes) -> None:
    """Refuse at a glance what is too big or begins like something else; takes no time, whatever the size."""
    if not content.strip():
        raise SheetRefused("sheet.empty_file")
    if len(content) > limits.BYTES:
        raise SheetRefused(
            "sheet.too_big", megabytes=_megabytes(len(content)), limit=_megabytes(limits.BYTES)
        )
    if content.startswith(_COMPOUND):
        raise SheetRefused("sheet.password" if _ENCRYPTED in content else "sheet.old_excel")
    if not content.startswith(_ZIP):
        _refuse_foreign(content)


def _refuse_foreign(content: bytes) -> None:
    for magic, name in _FOREIGN.items():
        if content.startswith(magic):
            raise SheetRefused("sheet.other_kind", kind=name)
    if content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        raise SheetRefused("sheet.web_page")


def _remarks(filename: str, expected: str) -> tuple[Remark, ...]:
    _, dot, extension = filename.rpartition(".")
    given = f".{extension.lower()}" if dot else ""
    if given in (expected, "") or (expected == ".csv" and given in (".txt", ".tsv")):
        return ()
    return (Remark("remark.wrong_extension", {"given": given, "kind": expected}),)


def _megabytes(count: int) -> int:
    return -(-count // (1024 * 1024))
