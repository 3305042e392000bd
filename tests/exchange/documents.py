"""Word documents for tests: small ones made by python-docx, and bent ones made of parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx


def document(*paragraphs: str | list[str], change: Callable[[Any], None] | None = None) -> bytes:
    """A document of these paragraphs; a list is one paragraph of several runs, each with looks of its own."""
    made = docx.Document()
    for one in paragraphs:
        runs = [one] if isinstance(one, str) else one
        paragraph = made.add_paragraph()
        for number, text in enumerate(runs):
            paragraph.add_run(text).bold = number == 0
    if change is not None:
        change(made)
    return saved(made)


def saved(made: Any) -> bytes:
    """As bytes."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def opened(content: bytes) -> Any:
    """The document, read by a library that is not ours."""
    return docx.Document(io.BytesIO(content))


def said(content: bytes) -> list[str]:
    """Its paragraphs that say something."""
    return [one.text for one in opened(content).paragraphs if one.text]


def with_table(*rows: list[str]) -> Callable[[Any], None]:
    """A table of these rows."""

    def change(made: Any) -> None:
        table = made.add_table(len(rows), len(rows[0]))
        for line, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text

    return change


def table_of(content: bytes, number: int = 0) -> list[list[str]]:
    """What a table says."""
    return [[cell.text for cell in row.cells] for row in opened(content).tables[number].rows]


def bent(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same package with other parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in parts.items():
            archive.writestr(name, held)
    return stream.getvalue()
