"""A .docx as a page: headings, lists, tables, pictures, links, notes and formulas, in the Markdown of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, BinaryIO

from docx import Document

from craftpath.delivery.exchange.authored import pages
from craftpath.delivery.exchange.authored.docx import (
    MOST_PARAGRAPHS,
    UNREAD,
    WordReader,
    child_of,
    local_of,
    refusing,
    require_harmless,
    value_of,
)
from craftpath.delivery.exchange.authored.markdown import Dialect, around, paragraph, table
from craftpath.delivery.exchange.authored.officemath import latex_of
from craftpath.delivery.exchange.courses.archive import MEGABYTE, Bounds
from craftpath.delivery.exchange.courses.reading import Notes
from craftpath.delivery.exchange.courses.sniff import Kind, open_package, sniff
from craftpath.delivery.exchange.xml_in import NoXml, tree
from craftpath.values.verdict import Refused, not_now

WORD = Bounds(files=5_000, unpacked=200 * MEGABYTE, one=40 * MEGABYTE)
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_DRAWN = (".emf", ".wmf")
"""Drawings that no browser shows."""
_OFF = ("0", "false", "off", "none")
_PLAIN = Dialect(lambda _element: None, pages.words, pages.one_paragraph)


@dataclass(slots=True)
class Written:
    """A text with its title, and pictures by the marks under which the text names them (`media:new-1`)."""

    title: str = ""
    text: str = ""
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    slanted: bool = False
    struck: bool = False
    raised: str = ""


def read_word(stream: BinaryIO) -> Written:
    """The text of a .docx; `Refused` for anything that must not or cannot be read, never another error."""
    head = stream.read(4)
    stream.seek(0)
    if not head.startswith(b"PK"):
        raise Refused(not_now("course.not_word"))
    with open_package(stream, WORD) as archive:
        if sniff(archive).kind is not Kind.WORD:
            raise Refused(not_now("course.not_word"))
        with refusing(macros="course.macros", pictures="course.too_many_pictures", damaged="course.damaged"):
            require_harmless(archive.members, lambda name: next(archive.pieces(archive.members[name]), b""))
            stream.seek(0)
            return _Reader(Document(stream)).read()


class _Reader(WordReader):
    mark = pages.MARK

    def __init__(self, document: Any) -> None:
        super().__init__(document)
        self.written = Written()
        self.notes_used: list[str] = []
        self.count = 0

    def read(self) -> Written:
        blocks = list(self._blocks(self.document.element.body))
        texts = self._footnotes() if self.notes_used else {}
        for number, identity in enumerate(self.notes_used, start=1):
            blocks.append(f"[^{number}]: {texts.get(identity, '') or '…'}")
        self.written.text = "\n\n".join(block for block in blocks if block.strip())
        self.written.pictures = self.found.pictures
        return self.written

    def _blocks(self, body: Any) -> Iterator[str]:
        items = _Items()
        for element in body:
            self.count += 1
            if self.count > MOST_PARAGRAPHS:
                self.written.notes.fault("", "", "course.too_many_parts", limit=MOST_PARAGRAPHS)
                break
            name = local_of(element)
            if name == "p":
                block = self._paragraph(element, items)
            elif name == "tbl":
                block = self._table(element)
            elif name in ("sdt", "ins", "customXml"):
                inside = child_of(element, "sdtContent") if name == "sdt" else element
                block = "\n\n".join(self._blocks(inside)) if inside is not None else ""
            else:
                continue
            if block:
                yield items.done()
                yield block
        yield items.done()

    def _paragraph(self, element: Any, items: _Items) -> str:
        """A block; "" for one without words, and for an item, which goes to the list that is open."""
        words = self._run_of(element)
        place = self.numbered(element) if words.strip() else None
        level = self._heading(element)
        if not words.strip():
            return ""
        line = " ".join(words.split("\n")).strip()
        if level == 0:
            self.written.title = self.written.title or _plain(element)
            return ""
        if level is not None:
            return f"{'#' * min(level, 6)} {line}"
        if place is not None:
            items.add(
                place.level, "-" if place.kind == "bullet" else f"{place.count}.", paragraph(words, _PLAIN)
            )
            return ""
        return paragraph(words, _PLAIN)

    def _heading(self, element: Any) -> int | None:
        """1 to 9 for a heading, 0 for the title of the document, None for anything else."""
        own = child_of(element, "pPr", "outlineLvl")
        if own is not None and value_of(own).isdecimal() and int(value_of(own)) < 9:
            return int(value_of(own)) + 1
        style = self.style_of(element)
        for _ in range(10):
            name = child_of(style, "name")
            called = value_of(name) if name is not None else ""
            if called.casefold() in ("title", "标题"):
                return 0
            if found := _HEADING.fullmatch(called):
                return int(found[1])
            based = child_of(style, "basedOn")
            if based is None:
                break
            style = self.style(value_of(based))
        return None

    def _table(self, element: Any) -> str:
        rows = []
        for row in (one for one in element.iter() if local_of(one) == "tr"):
            cells = []
            for cell in (one for one in row if local_of(one) == "tc"):
                lines = [self._run_of(one) for one in cell.iter() if local_of(one) == "p"]
                cells.append(" ".join(" ".join(lines).split()))
                span = child_of(cell, "tcPr", "gridSpan")
                wide = value_of(span) if span is not None else "1"
                cells += [""] * (min(int(wide), 50) - 1 if wide.isdecimal() else 0)
            rows.append(cells)
        rows = [row for row in rows if any(row)]
        return table(rows) if rows else ""

    # ---- Inside a paragraph -------------------------------------------------------------------------

    def _run_of(self, element: Any) -> str:
        """The words of a paragraph as Markdown; neighbours that look alike are written as one."""
        said = []
        for look, parts in groupby(self._parts(element), key=lambda part: part[0]):
            text = "".join(part[1] for part in parts)
            said.append(
                text if look is None else "\n".join(_dressed(line, look) for line in text.split("\n"))
            )
        return "".join(said)

    def _parts(self, element: Any) -> Iterator[tuple[_Look | None, str]]:
        """(look, words), or (None, Markdown) of what is no words."""
        for child in element:
            name = local_of(child)
            if name == "r":
                yield from self._of_run(child)
            elif name in ("oMath", "oMathPara"):
                latex = latex_of(child).strip()
                yield None, f"${latex}$" if latex else ""
            elif name == "hyperlink":
                yield None, pages.link(self._run_of(child), self._target(child))
            elif name not in UNREAD:
                yield from self._parts(child)

    def _of_run(self, run: Any) -> Iterator[tuple[_Look | None, str]]:
        look = _look(child_of(run, "rPr"))
        for child in run:
            name = local_of(child)
            if name == "t":
                yield look, child.text or ""
            elif name == "tab":
                yield look, " "
            elif name in ("br", "cr"):
                yield look, "\n"
            elif name == "footnoteReference":
                self.notes_used.append(value_of(child, "id"))
                yield None, f"[^{len(self.notes_used)}]"
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                yield None, self._drawing(child)

    def _drawing(self, element: Any) -> str:
        label = next((one.get("descr", "") for one in element.iter() if local_of(one) == "docPr"), "")
        said = []
        for mark in self.pictures(element):
            name = self.found.pictures[mark][0]
            if name.lower().endswith(_DRAWN):
                self.written.notes.remark(name, name, "course.drawing_not_taken")
                del self.found.pictures[mark]
            else:
                said.append(pages.shown(label, mark))
        return "".join(said)

    def _target(self, element: Any) -> str:
        """Where a link leads outside the document; "" for any other."""
        identity = value_of(element, "id")
        relation = self.document.part.rels.get(identity) if identity else None
        return str(relation.target_ref) if relation is not None and relation.is_external else ""

    def _footnotes(self) -> dict[str, str]:
        """The notes by their ids, as plain words."""
        for relation in self.document.part.rels.values():
            if relation.reltype.endswith("/footnotes") and not relation.is_external:
                try:
                    root = tree(relation.target_part.blob)
                except NoXml:
                    return {}
                return {value_of(one, "id"): pages.words(_plain(one)).strip() for one in root}
        return {}


def _plain(element: Any) -> str:
    return " ".join("".join(one.text or "" for one in element.iter() if local_of(one) == "t").split())


def _look(properties: Any) -> _Look:
    if properties is None:
        return _Look()

    def on(name: str) -> bool:
        found = child_of(properties, name)
        return found is not None and value_of(found).lower() not in _OFF

    raised = child_of(properties, "vertAlign")
    sign = {"superscript": "^", "subscript": "~"}.get(value_of(raised), "") if raised is not None else ""
    return _Look(on("b"), on("i"), on("strike"), sign)


def _dressed(text: str, look: _Look) -> str:
    """Words with the signs of how they look; spaces stay outside the signs."""
    words = pages.words(text)
    inner = words.strip(" ")
    if not inner:
        return words
    before, _, after = words.partition(inner)
    if look.raised:
        inner = around(look.raised, inner.replace(" ", "\\ "))
    for sign, wanted in (("*", look.slanted), ("**", look.bold), ("~~", look.struck)):
        inner = around(sign, inner) if wanted else inner
    return f"{before}{inner}{after}"


class _Items:
    """The list that is open: items one below the other, deeper ones set in."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.open: list[tuple[int, int]] = []

    def add(self, level: int, sign: str, words: str) -> None:
        while self.open and self.open[-1][0] >= level:
            self.open.pop()
        indent = " " * sum(width for _, width in self.open)
        width = len(sign) + 1
        first, *rest = words.split("\n")
        self.lines.append(f"{indent}{sign} {first}")
        self.lines += [f"{indent}{' ' * width}{line}" for line in rest]
        self.open.append((level, width))

    def done(self) -> str:
        """The list as one block; the next item begins a new one."""
        block = "\n".join(self.lines)
        self.lines, self.open = [], []
        return block
