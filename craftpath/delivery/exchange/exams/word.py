"""A .docx as the text that somebody would paste: with numbers that the program only shows, formulas, pictures.

Nothing is fetched and nothing is run: what lies outside the file is left out, and a file with macros is refused.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document

from craftpath.delivery.exchange.authored.docx import (
    MOST_PARAGRAPHS,
    UNREAD,
    Found,
    WordReader,
    child_of,
    local_of,
    refusing,
    require_harmless,
    value_of,
)
from craftpath.delivery.exchange.authored.officemath import latex_of
from craftpath.delivery.exchange.exams.bounds import opened, part
from craftpath.delivery.exchange.exams.table import header_of, text_under


def read_word(content: bytes) -> Found:
    """The text of a .docx; `Refused` for anything that must not or cannot be read, never another error."""
    with refusing(macros="exam.macros", pictures="exam.too_many_pictures", damaged="exam.damaged"):
        with opened(content) as archive:
            require_harmless(archive.namelist(), lambda name: part(archive, name))
        return _Reader(Document(io.BytesIO(content))).read()


class _Reader(WordReader):
    def read(self) -> Found:
        lines: list[str] = []
        for number, line in enumerate(self._lines(self.document.element.body)):
            if number > MOST_PARAGRAPHS:
                break
            lines.append(line)
        self.found.text = "\n".join(lines).strip("\n")
        return self.found

    def _lines(self, body: Any) -> Iterator[str]:
        for element in body:
            name = local_of(element)
            if name == "p":
                yield self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "sdt":
                inside = child_of(element, "sdtContent")
                if inside is not None:
                    yield from self._lines(inside)

    def _table(self, element: Any) -> Iterator[str]:
        """A table of questions as the questions; any other line by line."""
        rows = [
            [" ".join(self._lines(cell)).strip() for cell in row if local_of(cell) == "tc"]
            for row in element
            if local_of(row) == "tr"
        ]
        width = max(map(len, rows), default=0)
        header = header_of(rows)
        if header is not None:
            even = [[*cells, *[""] * (width - len(cells))] for cells in rows]
            yield from ("", *text_under(even, header).split("\n"), "")
        else:
            yield from ("  ".join(cell for cell in cells if cell) for cells in rows)

    def _paragraph(self, element: Any) -> str:
        words = "".join(self._words(element))
        place = self.numbered(element) if words.strip() else None
        number = place.sign if place else ""
        return f"{number} {words}".strip() if number else words

    def _words(self, element: Any) -> Iterator[str]:
        for child in element:
            name = local_of(child)
            if name == "r":
                yield self._run(child)
            elif name in ("oMath", "oMathPara"):
                latex = latex_of(child)
                yield f"${latex}$" if latex else ""
            elif name not in UNREAD:
                yield from self._words(child)

    def _run(self, run: Any) -> str:
        found = []
        for child in run:
            name = local_of(child)
            if name == "t":
                found.append(child.text or "")
            elif name == "tab":
                found.append("  ")
            elif name in ("br", "cr"):
                found.append("\n")
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                found += [f"![](picture:{mark})" for mark in self.pictures(child)]
        text = "".join(found)
        look = child_of(run, "rPr")
        if look is None or not text:
            return text
        underlined = child_of(look, "u")
        if underlined is not None and value_of(underlined) != "none" and not text.strip():
            return "____"
        raised = child_of(look, "vertAlign")
        sign = {"superscript": "^", "subscript": "~"}.get(value_of(raised), "") if raised is not None else ""
        return f"{sign}{text}{sign}" if sign and text.strip() == text and " " not in text else text
