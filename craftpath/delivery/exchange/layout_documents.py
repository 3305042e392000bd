"""An office's own Word document (.docx) opened, looked through and filled.

Pure, as the workbook's side is: bytes and values in, bytes out. A placeholder may be cut over several runs, as Word
does while somebody types; it is found over the whole paragraph, and what is put there looks as its first letter did.
A table's row that asks for something of a person is repeated for everybody.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from craftpath.delivery.exchange.book import Cell, Remark, SheetRefused
from craftpath.delivery.exchange.layout_filling import Values, require_fillable
from craftpath.delivery.exchange.layout_names import BRACED, Asked, Names
from craftpath.delivery.exchange.layout_packing import Package, opened, parsed
from craftpath.delivery.exchange.layout_reading import PLACES, TEXT, Look, Place
from craftpath.delivery.exchange.writing import plain

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
NODES = 600_000
"""Elements of the rows that are filled: some hundred pages of a table; more would take a gigabyte."""
_NEAREST = 200
_BREAKS = {f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"}
_MARKS = (f"{_W}bookmarkStart", f"{_W}bookmarkEnd", f"{_W}commentRangeStart", f"{_W}commentRangeEnd")


@dataclass(slots=True)
class Found:
    """One placeholder in a paragraph: from where to where in its text, as written, what it asks for."""

    start: int
    end: int
    written: str
    asked: Asked | None


def look_document(content: bytes, names: Names) -> Look:
    """What a document asks for; with faults it cannot be filled as a list."""
    return _look(opened(content), names)


def fill_document(content: bytes, names: Names, values: Values) -> bytes:
    """The document as .docx, filled; `SheetRefused`, naming the place, if it cannot be."""
    package = opened(content)
    trees = {part: parsed(package.parts[part]) for part in package.texts}
    require_fillable(_look(package, names).faults)
    _require_room(trees.values(), names, len(values.people))
    for tree in trees.values():
        _fill(tree, names, values)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in package.parts.items():
            tree = trees.get(name)
            archive.writestr(name, held if tree is None else _written(tree))
    return stream.getvalue()


def outline(content: bytes, most: int = 60) -> list[tuple[str, Any]]:
    """What a filled document says, for a preview: ("p", text) and ("table", rows of texts), heads and feet first."""
    package = opened(content)
    blocks: list[tuple[str, Any]] = []
    for part in sorted(package.texts, key=lambda one: ("header" not in one, "footer" in one, one)):
        for element in _blocks(parsed(package.parts[part])):
            if len(blocks) >= most:
                return blocks
            if element.tag == f"{_W}tbl":
                rows = [[_words(cell) for cell in row.iterchildren(f"{_W}tc")] for row in _own_rows(element)]
                blocks.append(("table", rows[:most]))
            elif said := _words(element):
                blocks.append(("p", said))
    return blocks


def _written(tree: Any) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _blocks(root: Any) -> Iterator[Any]:
    """Paragraphs and tables of the first level, also those within a content control."""
    waiting = list(root)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}body", f"{_W}sdt", f"{_W}sdtContent", f"{_W}footnote", f"{_W}endnote"):
            waiting += list(element)[::-1]


def _words(element: Any) -> str:
    return " ".join("".join(_text(one)) for one in element.iter(f"{_W}p")).strip()[:300]


def _text(paragraph: Any) -> list[str]:
    return [text for _, text in _segments(paragraph)]


# ---- looking


def _look(package: Package, names: Names) -> Look:
    places: list[Place] = []
    faults: list[Remark] = []
    nearest: dict[str, str] = {}
    length = 0
    for part in package.texts:
        where = part.rpartition("/")[2].partition(".")[0].rstrip("0123456789")
        rows: dict[Any, Any] = {}  # table → its row that is repeated
        for number, paragraph in enumerate(parsed(package.parts[part]).iter(f"{_W}p"), start=1):
            text = "".join(_text(paragraph))
            length += len(text)
            if length > TEXT or len(places) > PLACES:
                raise SheetRefused("sheet.layout_too_much_text", sheet=where, cell=str(number))
            for one in _asked(text, names):
                near = ""
                if one.asked is None:
                    if one.written not in nearest and len(nearest) < _NEAREST:
                        nearest[one.written] = names.near(one.written)
                    near = nearest.get(one.written, "")
                places.append(Place(where, str(number), one.written, one.asked, near))
                if one.asked is not None and one.asked.row:
                    faults += _fault(paragraph, one.written, rows)
    if not any(place.asked for place in places) and not faults:
        faults.append(Remark("sheet.layout_asks_nothing"))
    return Look(tuple(places), {}, tuple(faults[:PLACES]), package.remarks)


def _fault(paragraph: Any, written: str, rows: dict[Any, Any]) -> list[Remark]:
    """Why something of a person cannot stand here in a list."""
    row = _row_of(paragraph)
    if row is None:
        return [Remark("sheet.layout_outside_row", {"written": written})]
    table = _above(row, f"{_W}tbl")
    within = any(one in rows.values() for one in row.iterancestors(f"{_W}tr"))
    if rows.setdefault(table, row) is not row or within:
        return [Remark("sheet.layout_other_row", {"written": written})]
    return []


def _row_of(element: Any) -> Any:
    return _above(element, f"{_W}tr")


def _above(element: Any, tag: str) -> Any:
    return next((one for one in element.iterancestors() if one.tag == tag), None)


def _asked(text: str, names: Names) -> list[Found]:
    if "{" not in text and "｛" not in text:
        return []
    return [
        Found(one.start(), one.end(), one[0], names.find(one[1]))
        for one in BRACED.finditer(text)
        if one[1].strip()
    ]


def _segments(paragraph: Any) -> list[tuple[Any, str]]:
    """(element, its text) of all that is written in a paragraph, not in one within it; (None, line end) for breaks."""
    found: list[tuple[Any, str]] = []
    waiting = list(paragraph)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            found.append((element, element.text or ""))
        elif element.tag in _BREAKS:
            found.append((None, "\n"))
        elif element.tag not in (f"{_W}p", f"{_W}del", f"{_W}moveFrom"):
            waiting += list(element)[::-1]
    return found


# ---- filling


def _require_room(trees: Any, names: Names, people: int) -> None:
    count = sum(people * sum(1 for _ in row.iter()) for tree in trees for row in _repeated(tree, names))
    if count > NODES:
        raise SheetRefused("sheet.layout_too_many_filled", count=count, limit=NODES)


def _repeated(tree: Any, names: Names) -> list[Any]:
    """The rows that are repeated, in their order."""
    rows: dict[Any, None] = {}
    for paragraph in tree.iter(f"{_W}p"):
        if any(one.asked and one.asked.row for one in _asked("".join(_text(paragraph)), names)):
            row = _row_of(paragraph)
            if row is not None:
                rows[row] = None
    return list(rows)


def _fill(tree: Any, names: Names, values: Values) -> None:
    """Each paragraph once, so that no value is ever taken for a placeholder."""
    repeated = _repeated(tree, names)
    theirs = {paragraph for row in repeated for paragraph in row.iter(f"{_W}p")}
    for paragraph in [one for one in tree.iter(f"{_W}p") if one not in theirs]:
        _put(paragraph, names, values.once, values.say, rows=False)
    for row in repeated:
        parent, place = row.getparent(), row.getparent().index(row)
        lines: list[Any] = [deepcopy(row) for _ in values.people[1:]]
        for line, copy in enumerate(lines, start=1):
            _bare(copy)
            parent.insert(place + line, copy)
        for line, one in enumerate([row, *lines]):
            person = {**values.once, **values.people[line]} if values.people else None
            for paragraph in one.iter(f"{_W}p"):
                _put(paragraph, names, person, values.say, rows=True)


def _own_rows(table: Any) -> Iterator[Any]:
    yield from table.iterchildren(f"{_W}tr")
    for control in table.iterchildren(f"{_W}sdt"):
        for content in control.iterchildren(f"{_W}sdtContent"):
            yield from content.iterchildren(f"{_W}tr")


def _bare(row: Any) -> None:
    """A copy without what may be there once only: bookmarks and the ids of paragraphs."""
    for element in list(row.iter(*_MARKS)):
        element.getparent().remove(element)
    for element in row.iter():
        for name in (f"{_W14}paraId", f"{_W14}textId"):
            element.attrib.pop(name, None)


def _put(
    paragraph: Any,
    names: Names,
    known: Mapping[str, Cell] | None,
    say: Callable[[Cell], str],
    *,
    rows: bool,
) -> None:
    """Values for placeholders, from the last to the first, so that what comes before stays where it is."""
    segments = _segments(paragraph)
    text = "".join(said for _, said in segments)
    found = [one for one in _asked(text, names) if one.asked and (rows or not one.asked.row)]
    if not found:
        return
    if known is None:  # a row about nobody is blank
        for element, _ in segments:
            if element is not None:
                element.text = ""
        return
    starts: list[int] = []
    at = 0
    for _, said in segments:
        starts.append(at)
        at += len(said)
    texts = [said for _, said in segments]
    for one in reversed(found):
        said = plain(say(known.get(one.asked.key))) if one.asked else ""
        _exchange(texts, starts, segments, one, " ".join(said.split("\n")))
    for (element, before), after in zip(segments, texts, strict=True):
        if element is not None and before != after:
            element.text = after
            element.set(_SPACE, "preserve")


def _exchange(
    texts: list[str], starts: Sequence[int], segments: Sequence[tuple[Any, str]], one: Found, said: str
) -> None:
    """Put `said` in the place of one placeholder; what stands behind it in its last run stays there."""
    first = next(
        n
        for n, start in enumerate(starts)
        if start <= one.start < start + len(segments[n][1]) and segments[n][0] is not None
    )
    for n in range(first, len(segments)):
        start, length = starts[n], len(segments[n][1])
        if start >= one.end and n > first:
            break
        before = texts[n][: max(one.start - start, 0)] if n == first else ""
        behind = texts[n][one.end - start :] if start + length >= one.end else ""
        texts[n] = f"{before}{said if n == first else ''}{behind}"
