"""Elements of HTML as Markdown: only what Markdown can say is taken, the words of everything else stay.

Neither scripts nor event attributes can come along: an element that is not known goes, and no attribute is copied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element  # noqa: S405  (walks only; parsing is defusedxml's)

from craftpath.delivery.exchange.xml_in import local

_LIST = re.compile(r"(\d{1,9})([.)])")
_LEAD = re.compile(r"^([-+*>#=|`~$_])")
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of text is written.

    `place` says what a special element (a picture, a link) is in Markdown, or None if it is not special. `words` makes
    plain words Markdown that shows just them; its second argument says whether other things stand beside them.
    `one_paragraph` tells whether some Markdown is shown as one paragraph and nothing else.
    """

    place: Callable[[Element], str | None]
    words: Callable[[str, bool], str]
    one_paragraph: Callable[[str], bool]


def children(element: Element) -> list[Element | str]:
    """Text and elements inside one, in order."""
    found: list[Element | str] = [element.text] if element.text and element.text.strip() else []
    for child in element:
        found.append(child)
        if child.tail and child.tail.strip():
            found.append(child.tail)
    return found


def markdown(nodes: Sequence[Element | str], way: Dialect, *, inline: bool = False) -> str:
    """Text and elements as Markdown: blocks, or (`inline`) all on one line."""
    blocks: list[str] = []
    running: list[str] = []

    def flush() -> None:
        words = paragraph("".join(running), way, guard=not inline)
        if words:
            blocks.append(words)
        running.clear()

    for node in nodes:
        if isinstance(node, str):
            running.append(way.words(node, len(nodes) > 1))
        elif not inline and local(node) in _BLOCKS and way.place(node) is None:
            flush()
            blocks += [one for one in _block(node, way, 0) if one.strip()]
        else:
            running.append(_inline(node, way, 0))
    flush()
    return (" " if inline else "\n\n").join(blocks)


_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "ul",
        "ol",
        "table",
        "pre",
        "blockquote",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "figure",
        "header",
        "footer",
        "prompt",
        "rubricBlock",
    ]
)


def _block(element: Element, way: Dialect, depth: int) -> list[str]:
    """An element as blocks of Markdown."""
    if depth > _DEEPEST:
        return []
    name = local(element)
    if (said := way.place(element)) is not None:
        return [said]
    if name == "hr":
        return ["---"]
    if name in ("ul", "ol"):
        return ["\n".join(_items(element, way, depth))]
    if name == "table":
        return [_table(element, way)]
    if name == "pre":
        return [fenced("".join(element.itertext()))]
    if name == "blockquote":
        inside = "\n\n".join(_inside(element, way, depth + 1))
        return ["\n".join(f"> {line}" if line else ">" for line in inside.split("\n"))]
    if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        words = _run(element, way, depth + 1).strip()
        return [f"{'#' * int(name[1])} {words}"] if words else []
    return _inside(element, way, depth + 1)


def _inside(element: Element, way: Dialect, depth: int) -> list[str]:
    if not any(local(child) in _BLOCKS and way.place(child) is None for child in element):
        return [paragraph(_run(element, way, depth), way)]
    blocks, running = [], [way.words(element.text or "", True)]
    for child in element:
        if local(child) in _BLOCKS and way.place(child) is None:
            blocks.append(paragraph("".join(running), way))
            running = [way.words(child.tail or "", True)]
            blocks += _block(child, way, depth + 1)
        else:
            running += [_inline(child, way, depth), way.words(child.tail or "", True)]
    return [one for one in [*blocks, paragraph("".join(running), way)] if one]


def _items(element: Element, way: Dialect, depth: int) -> list[str]:
    lines = []
    start = element.get("start", "1")
    first = int(start) if start.isdecimal() and len(start) < 6 else 1
    for number, item in enumerate((one for one in element if local(one) == "li"), start=first):
        sign = "-" if local(element) == "ul" else f"{number}."
        body = "\n".join(_inside(item, way, depth + 1)) or ""
        inside = body.split("\n")
        lines.append(f"{sign} {inside[0]}")
        lines += [f"{' ' * (len(sign) + 1)}{line}" for line in inside[1:]]
    return lines


def _table(element: Element, way: Dialect) -> str:
    rows = [
        [_cell(cell, way) for cell in row if local(cell) in ("td", "th")]
        for row in element.iter()
        if local(row) == "tr"
    ]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    return table(rows)


def _cell(element: Element, way: Dialect) -> str:
    """What stands in a cell, on one line; its paragraphs do not run into one another."""
    blocks = any(local(one) in _BLOCKS for one in element)
    words = " ".join(_inside(element, way, 1)) if blocks else _run(element, way, 1)
    return words.strip().replace("\n", " ")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells that are Markdown already; the first one is the head, short ones are filled up."""
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def fenced(code: str) -> str:
    """Code as a block, between fences that do not stand in it."""
    fence = "`" * max(3, *(len(found) + 1 for found in re.findall(r"`+", code)), 0)
    return f"{fence}\n" + code.strip("\n") + f"\n{fence}"


def _run(element: Element, way: Dialect, depth: int) -> str:
    mixed = len(element) > 0 or local(element) in _AROUND
    words = way.words(element.text or "", mixed) + "".join(
        _inline(child, way, depth) + way.words(child.tail or "", mixed) for child in element
    )
    return words.replace("\n ", "\n")


def run(element: Element, way: Dialect) -> str:
    """What stands in an element, as words on a line."""
    return _run(element, way, 0)


def paragraph(words: str, way: Dialect, *, guard: bool = True) -> str:
    """A paragraph; one that would begin a list, a heading or a rule is kept from it."""
    words = words.replace("\n ", "\n").strip(" \n")
    if not guard or not words or way.one_paragraph(words):
        return words
    lines = [
        _LIST.sub(r"\1\\\2", line) if _LIST.match(line) else _LEAD.sub(r"\\\1", line)
        for line in words.split("\n")
    ]
    return "\n".join(lines)


_AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*", "sub": "~", "sup": "^", "s": "~~", "del": "~~"}
_SILENT = frozenset({"script", "style", "head", "title", "object", "iframe", "video", "audio", "template"})


def _inline(element: Element, way: Dialect, depth: int) -> str:
    name = local(element)
    if not name or depth > _DEEPEST:
        return ""
    if (said := way.place(element)) is not None:
        return said
    if name == "br":
        return "\n"
    if name == "math":
        return _formula(element, way)
    if name in _SILENT:
        return ""
    if name == "code":
        words = "".join(element.itertext())
        fence = "`" * (max(map(len, re.findall(r"`+", words)), default=0) + 1)
        pad = " " if len(fence) > 1 else ""
        return f"{fence}{pad}{words}{pad}{fence}" if words.strip() else words
    sign = _AROUND.get(name, "")
    words = _emphasis(element, way, depth + 1) if sign == "*" else _run(element, way, depth + 1)
    if sign in ("~", "^"):
        words = words.strip().replace(" ", "\\ ")
    return around(sign, words) if sign else words


def around(sign: str, words: str) -> str:
    """Words between two signs, such as `**`.

    Markdown does not take a sign between a letter and a mark of punctuation for an end, and Chinese has no space there:
    such marks stand outside the signs.
    """
    inner = words.strip()
    start, end = 0, len(inner)
    if sign[0] in "*~" and sign != "~":
        while end and _wide_mark(inner[end - 1]):
            end -= 1
        while start < end and _wide_mark(inner[start]):
            start += 1
    middle = inner[start:end].strip()
    return f"{inner[:start]}{sign}{middle}{sign}{inner[end:]}" if middle else inner


def _wide_mark(sign: str) -> bool:
    return not sign.isascii() and unicodedata.category(sign).startswith("P")


def _emphasis(element: Element, way: Dialect, depth: int) -> str:
    """What is inside an emphasis: another one gets underscores, where none of its neighbours is a letter."""
    before, said = element.text or "", [way.words(element.text or "", True)]
    for child in element:
        words, after = _inline(child, way, depth), child.tail or ""
        inner = local(child) in ("em", "i") and words.startswith("*") and not words.startswith("**")
        if inner and not before[-1:].isalnum() and not after[:1].isalnum():
            words = f"_{words[1:-1]}_"
        said += [words, way.words(after, True)]
        before = after
    return "".join(said).replace("\n ", "\n")


def _formula(element: Element, way: Dialect) -> str:
    """The TeX that a formula carries; one without it stays as its signs."""
    for child in element.iter():
        if local(child) == "annotation" and child.get("encoding", "") in (
            "application/x-tex",
            "TeX",
            "LaTeX",
        ):
            source = (child.text or "").strip()
            sign = "$$" if element.get("display") == "block" else "$"
            return f"{sign}{source}{sign}" if source and "$" not in source else way.words(source, True)
    return way.words(" ".join("".join(element.itertext()).split()), True)
