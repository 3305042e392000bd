"""A .docx as the text that somebody would paste: with numbers that the program only shows, formulas, pictures.

Nothing is fetched and nothing is run: what lies outside the file is left out, and a file with macros is refused.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document

from craftpath.delivery.exchange.authored.officemath import latex_of
from craftpath.delivery.exchange.exams.bounds import MOST_PICTURES, opened, part
from craftpath.delivery.exchange.exams.table import header_of, text_under
from craftpath.values.verdict import Refused, not_now

_CHINESE = "零一二三四五六七八九十"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_PARAGRAPHS = 20_000


@dataclass(slots=True)
class Found:
    """What a file holds: text, and pictures under the numbers by which the text names them (`picture:@1`)."""

    text: str
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)


def read_word(content: bytes) -> Found:
    """The text of a .docx; `Refused` for anything that must not or cannot be read, never another error."""
    with opened(content) as archive:
        names = {name.casefold() for name in archive.namelist()}
        if any("vbaproject" in name or name.endswith(".bin") and "activex" in name for name in names):
            raise Refused(not_now("exam.macros"))
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part(archive, name)[:4096].upper():
                raise Refused(not_now("exam.damaged"))
    try:
        document = Document(io.BytesIO(content))
        return _Reader(document).read()
    except Refused:
        raise
    except Exception:  # noqa: BLE001  (the libraries below raise whatever a bent file makes them stumble over)
        raise Refused(not_now("exam.damaged")) from None


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Any, name: str = "val") -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _child(element: Any, *way: str) -> Any:
    for name in way:
        element = next((one for one in element if _local(one) == name), None) if element is not None else None
    return element


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.found = Found("")
        self.counts: dict[tuple[str, int], int] = {}
        self.levels = self._numbering()

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
            name = _local(element)
            if name == "p":
                yield self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "sdt":
                inside = _child(element, "sdtContent")
                if inside is not None:
                    yield from self._lines(inside)

    def _table(self, element: Any) -> Iterator[str]:
        """A table of questions as the questions; any other line by line."""
        rows = [
            [" ".join(self._lines(cell)).strip() for cell in row if _local(cell) == "tc"]
            for row in element
            if _local(row) == "tr"
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
        number = self._number(element) if words.strip() else ""
        return f"{number} {words}".strip() if number else words

    def _words(self, element: Any) -> Iterator[str]:
        for child in element:
            name = _local(child)
            if name == "r":
                yield self._run(child)
            elif name in ("oMath", "oMathPara"):
                latex = latex_of(child)
                yield f"${latex}$" if latex else ""
            elif name not in ("pPr", "del", "moveFrom", "Fallback", "rPr"):
                yield from self._words(child)

    def _run(self, run: Any) -> str:
        found = []
        for child in run:
            name = _local(child)
            if name == "t":
                found.append(child.text or "")
            elif name == "tab":
                found.append("  ")
            elif name in ("br", "cr"):
                found.append("\n")
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                found += self._pictures(child)
        text = "".join(found)
        look = _child(run, "rPr")
        if look is None or not text:
            return text
        underlined = _child(look, "u")
        if underlined is not None and _value(underlined) != "none" and not text.strip():
            return "____"
        raised = _child(look, "vertAlign")
        sign = {"superscript": "^", "subscript": "~"}.get(_value(raised), "") if raised is not None else ""
        return f"{sign}{text}{sign}" if sign and text.strip() == text and " " not in text else text

    def _pictures(self, drawing: Any) -> list[str]:
        found = []
        for element in drawing.iter():
            name = _local(element)
            identity = ""
            if name == "blip":
                identity = element.get(f"{_RELATION}embed", "")
            elif name == "imagedata":
                identity = element.get(f"{_RELATION}id", "")
            if identity:
                found.append(self._picture(identity))
            elif name == "Fallback":
                break
        return found

    def _picture(self, identity: str) -> str:
        held = self.document.part.related_parts.get(identity)
        if held is None:
            return ""
        if len(self.found.pictures) >= MOST_PICTURES:
            raise Refused(not_now("exam.too_many_pictures", limit=MOST_PICTURES))
        mark = f"@{len(self.found.pictures) + 1}"
        self.found.pictures[mark] = (str(held.partname).rsplit("/", 1)[-1], held.blob)
        return f"![](picture:{mark})"

    # ---- Numbers that the program counts ------------------------------------------------------------

    def _numbering(self) -> dict[str, tuple[str, dict[int, tuple[str, str, int]]]]:
        """number id → (list, level → (format, text, first))."""
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return {}
        lists: dict[str, dict[int, tuple[str, str, int]]] = {}
        for abstract in (one for one in root if _local(one) == "abstractNum"):
            levels = {}
            for level in (one for one in abstract if _local(one) == "lvl"):
                kind, text, first = (_child(level, name) for name in ("numFmt", "lvlText", "start"))
                start = _value(first) if first is not None else "1"
                levels[int(_value(level, "ilvl") or 0)] = (
                    _value(kind) if kind is not None else "decimal",
                    _value(text) if text is not None else "%1.",
                    int(start) if start.isdecimal() else 1,
                )
            lists[_value(abstract, "abstractNumId")] = levels
        found = {}
        for num in (one for one in root if _local(one) == "num"):
            target = _child(num, "abstractNumId")
            abstract_id = _value(target) if target is not None else ""
            if abstract_id in lists:
                restarts = _child(num, "lvlOverride") is not None
                identity = _value(num, "numId")
                found[identity] = (identity if restarts else abstract_id, lists[abstract_id])
        return found

    def _number(self, paragraph: Any) -> str:
        properties = _child(paragraph, "pPr", "numPr")
        if properties is None:
            properties = self._of_style(paragraph)
        if properties is None:
            return ""
        identity, level = _child(properties, "numId"), _child(properties, "ilvl")
        held = self.levels.get(_value(identity)) if identity is not None else None
        if held is None:
            return ""
        place = int(_value(level) or 0) if level is not None else 0
        name, levels = held
        if place not in levels:
            return ""
        self.counts[name, place] = self.counts.get((name, place), levels[place][2] - 1) + 1
        for deeper in [key for key in self.counts if key[0] == name and key[1] > place]:
            del self.counts[deeper]
        text = levels[place][1]
        if levels[place][0] == "bullet":
            return ""
        for n in range(place + 1):
            kind, _, first = levels.get(n, ("decimal", "", 1))
            text = text.replace(f"%{n + 1}", _said(self.counts.get((name, n), first), kind))
        return text

    def _of_style(self, paragraph: Any) -> Any:
        style = _child(paragraph, "pPr", "pStyle")
        if style is None:
            return None
        wanted = _value(style)
        for element in self.document.styles.element:
            if _local(element) == "style" and _value(element, "styleId") == wanted:
                return _child(element, "pPr", "numPr")
        return None


def _said(number: int, kind: str) -> str:
    if kind == "upperLetter":
        return chr(ord("A") + (number - 1) % 26)
    if kind == "lowerLetter":
        return chr(ord("a") + (number - 1) % 26)
    if (
        kind in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital")
        and 0 < number < 100
    ):
        tens, ones = divmod(number, 10)
        head = "" if tens == 0 else ("十" if tens == 1 else f"{_CHINESE[tens]}十")
        return head + (_CHINESE[ones] if ones else "")
    return str(number)
