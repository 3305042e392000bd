"""Markup of the bank as XHTML for a package, and the XHTML of a package as markup of the bank.

Going out, what the sanitiser lets through becomes elements. Coming in, only what the bank itself can say is taken: the
words of every other element stay and the element goes, so neither scripts nor event attributes can come along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder  # noqa: S405  (builds only; parsing is defusedxml's)

from craftpath.delivery.exchange.exams import markup
from craftpath.delivery.exchange.xml_in import XML_LANG, local
from craftpath.values.text import Text

MATH = "http://www.w3.org/1998/Math/MathML"
LANGUAGES = (("zh", "zh-Hans"), ("en", "en"))
_GAP = re.compile(r"_{2,}")
_LITERAL = re.compile(r"_(?=_)")
_JOINER = "\u2060"
"""Shows nothing; between two underscores it says in a package that they are underscores and no blank."""
_BLANK = "\ue000"
_VOID = frozenset({"br", "hr", "img"})
_SPECIAL = re.compile(r"([\\`*_$~^\[\]<>#|])")
_LIST = re.compile(r"(\d{1,9})([.)])")
_LEAD = re.compile(r"^([-+*>#=|`~$_])")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_DEEPEST = 60


class _Builder(HTMLParser):
    """HTML of ours as elements; it is well-formed but for elements that have no end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = TreeBuilder()
        self.tree.start("root", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)

    def done(self) -> Element:
        self.close()
        self.tree.end("root")
        return self.tree.close()


def elements(
    text: str, *, address: Callable[[str], str], gap: Callable[[int], str] | None = None, inline: bool = False
) -> Element:
    """A text of the bank as the children of an element called `root`."""
    make = markup.line if inline else markup.block
    html = make(text, address=address, gap=gap or (lambda _number: _BLANK))
    builder = _Builder()
    builder.feed(html)
    root = builder.done()
    for one in root.iter():
        one.text, one.tail = _said(one.text), _said(one.tail)
    return root


def _said(words: str | None) -> str | None:
    return words and _LITERAL.sub(f"_{_JOINER}", words).replace(_BLANK, "____")


def spoken(
    text: Text,
    *,
    address: Callable[[str], str],
    gap: Callable[[int], str] | None = None,
    inline: bool = False,
) -> list[Element]:
    """A text in each language that it has, each in an element that says which; fields stand in the first one only."""
    found: list[Element] = []
    for side, code in LANGUAGES:
        words = getattr(text, side)
        if words:
            root = elements(words, address=address, gap=gap if not found else None, inline=inline)
            root.tag = "span" if inline else "div"
            root.set(XML_LANG, code)
            found.append(root)
    return found


# ---- Coming in ---------------------------------------------------------------------------------------


Place = Callable[[Element], str | None]
"""What a special element (a picture, an interaction) says in markup; None if it is not special."""


def text_of(nodes: Sequence[Element | str], place: Place, language: str, *, inline: bool = False) -> Text:
    """The words of some nodes in the languages that they name; without a name they are told by their letters."""
    sides: dict[str, list[Element | str]] = {"zh": [], "en": [], "": []}
    for node in nodes:
        side = "" if isinstance(node, str) else _side(node.get(XML_LANG, ""))
        sides[side].append(node)
    zh, en, rest = (_markdown(sides[side], place, inline=inline) for side in ("zh", "en", ""))
    if rest:
        side = _side(language) or ("zh" if _CHINESE.search(rest) else "en")
        joined = "\n\n" if not inline else " "
        zh, en = (f"{rest}{joined}{zh}".strip(), en) if side == "zh" else (zh, f"{rest}{joined}{en}".strip())
    return Text(zh, en)


def _side(code: str) -> str:
    return next((side for side, _ in LANGUAGES if code.lower().startswith(side)), "")


def children(element: Element) -> list[Element | str]:
    """Text and elements inside one, in order."""
    found: list[Element | str] = [element.text] if element.text and element.text.strip() else []
    for child in element:
        found.append(child)
        if child.tail and child.tail.strip():
            found.append(child.tail)
    return found


def _markdown(nodes: Sequence[Element | str], place: Place, *, inline: bool) -> str:
    blocks: list[str] = []
    running: list[str] = []

    def flush() -> None:
        words = _paragraph("".join(running), guard=not inline)
        if words:
            blocks.append(words)
        running.clear()

    for node in nodes:
        if isinstance(node, str):
            running.append(_words(node, len(nodes) > 1))
        elif not inline and local(node) in _BLOCKS and place(node) is None:
            flush()
            blocks += [one for one in _block(node, place, 0) if one.strip()]
        else:
            running.append(_inline(node, place, 0))
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


def _block(element: Element, place: Place, depth: int) -> list[str]:
    """An element as blocks of Markdown."""
    if depth > _DEEPEST:
        return []
    name = local(element)
    if (said := place(element)) is not None:
        return [said]
    if name == "hr":
        return ["---"]
    if name in ("ul", "ol"):
        return ["\n".join(_items(element, place, depth))]
    if name == "table":
        return [_table(element, place)]
    if name == "pre":
        return ["```\n" + "".join(element.itertext()).strip("\n") + "\n```"]
    if name == "blockquote":
        inside = "\n\n".join(_inside(element, place, depth + 1))
        return ["\n".join(f"> {line}" if line else ">" for line in inside.split("\n"))]
    if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        words = _run(element, place, depth + 1).strip()
        return [f"{'#' * int(name[1])} {words}"] if words else []
    return _inside(element, place, depth + 1)


def _inside(element: Element, place: Place, depth: int) -> list[str]:
    if not any(local(child) in _BLOCKS and place(child) is None for child in element):
        return [_paragraph(_run(element, place, depth))]
    blocks, running = [], [_words(element.text or "", True)]
    for child in element:
        if local(child) in _BLOCKS and place(child) is None:
            blocks.append(_paragraph("".join(running)))
            running = [_words(child.tail or "", True)]
            blocks += _block(child, place, depth + 1)
        else:
            running += [_inline(child, place, depth), _words(child.tail or "", True)]
    return [one for one in [*blocks, _paragraph("".join(running))] if one]


def _items(element: Element, place: Place, depth: int) -> list[str]:
    lines = []
    start = element.get("start", "1")
    first = int(start) if start.isdecimal() and len(start) < 6 else 1
    for number, item in enumerate((one for one in element if local(one) == "li"), start=first):
        sign = "-" if local(element) == "ul" else f"{number}."
        body = "\n".join(_inside(item, place, depth + 1)) or ""
        inside = body.split("\n")
        lines.append(f"{sign} {inside[0]}")
        lines += [f"{' ' * (len(sign) + 1)}{line}" for line in inside[1:]]
    return lines


def _table(element: Element, place: Place) -> str:
    rows = [
        [_run(cell, place, 1).strip().replace("\n", " ") for cell in row if local(cell) in ("td", "th")]
        for row in element.iter()
        if local(row) == "tr"
    ]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _run(element: Element, place: Place, depth: int) -> str:
    mixed = len(element) > 0 or local(element) in _AROUND
    words = _words(element.text or "", mixed) + "".join(
        _inline(child, place, depth) + _words(child.tail or "", mixed) for child in element
    )
    return words.replace("\n ", "\n")


def _paragraph(words: str, *, guard: bool = True) -> str:
    """A paragraph; one that would begin a list, a heading or a rule is kept from it."""
    words = words.replace("\n ", "\n").strip(" \n")
    if not guard or not words or markup.block(words).strip() == f"<p>{markup.line(words)}</p>":
        return words
    lines = [
        _LIST.sub(r"\1\\\2", line) if _LIST.match(line) else _LEAD.sub(r"\\\1", line)
        for line in words.split("\n")
    ]
    return "\n".join(lines)


_AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*", "sub": "~", "sup": "^", "s": "~~", "del": "~~"}
_SILENT = frozenset({"script", "style", "head", "title", "object", "iframe", "video", "audio", "template"})


def _inline(element: Element, place: Place, depth: int) -> str:
    name = local(element)
    if not name or depth > _DEEPEST:
        return ""
    if (said := place(element)) is not None:
        return said
    if name == "br":
        return "\n"
    if name == "math":
        return _formula(element)
    if name in _SILENT:
        return ""
    if name == "code":
        words = "".join(element.itertext())
        fence = "`" * (max(map(len, re.findall(r"`+", words)), default=0) + 1)
        pad = " " if len(fence) > 1 else ""
        return f"{fence}{pad}{words}{pad}{fence}" if words.strip() else words
    sign = _AROUND.get(name, "")
    words = _emphasis(element, place, depth + 1) if sign == "*" else _run(element, place, depth + 1)
    if sign in ("~", "^"):
        words = words.strip().replace(" ", "\\ ")
    return f"{sign}{words.strip()}{sign}" if sign and words.strip() else words


def _emphasis(element: Element, place: Place, depth: int) -> str:
    """What is inside an emphasis: another one gets underscores, where none of its neighbours is a letter."""
    before, said = element.text or "", [_words(element.text or "")]
    for child in element:
        words, after = _inline(child, place, depth), child.tail or ""
        inner = local(child) in ("em", "i") and words.startswith("*") and not words.startswith("**")
        if inner and not before[-1:].isalnum() and not after[:1].isalnum():
            words = f"_{words[1:-1]}_"
        said += [words, _words(after)]
        before = after
    return "".join(said).replace("\n ", "\n")


def _formula(element: Element) -> str:
    """The TeX that a formula carries; one without it stays as its signs."""
    for child in element.iter():
        if local(child) == "annotation" and child.get("encoding", "") in (
            "application/x-tex",
            "TeX",
            "LaTeX",
        ):
            source = (child.text or "").strip()
            sign = "$$" if element.get("display") == "block" else "$"
            return f"{sign}{source}{sign}" if source and "$" not in source else _words(source)
    return _words(" ".join("".join(element.itertext()).split()))


_PICTURE = re.compile(r"\(picture:([A-Za-z0-9]{1,32})\)")


def adopted(read: Text, written: object) -> Text:
    """The source as the bank had it, if it is shown just as what the package says; pictures keep their marks there."""
    source = Text.of(written) if isinstance(written, dict) else Text()
    return Text(*(_adopted(ours, theirs) for ours, theirs in ((read.zh, source.zh), (read.en, source.en))))


def _adopted(read: str, source: object) -> str:
    if not isinstance(source, str) or read == source:
        return read
    marks = _PICTURE.findall(read)
    if len(_PICTURE.findall(source)) != len(marks):
        return read
    left = iter(marks)
    ours = _PICTURE.sub(lambda _found: f"(picture:{next(left)})", source)
    return ours if _shown(ours) == _shown(read) else read


def _shown(text: str) -> str:
    return " ".join(markup.block(text, address=lambda picture: picture).split())


def _words(text: str, mixed: bool = True) -> str:
    """Plain words as Markdown that shows just them: signs are escaped where they could be read as markup.

    Words that stand alone keep their signs if they are shown as they are; blanks stay blanks.
    """
    plain = re.sub(r"[ \t\r\n\f]+", " ", markup.without_marks(text))
    if f"_{_JOINER}_" in plain:
        return _escaped(plain).replace(f"\\_{_JOINER}", "\\_")
    if not _SPECIAL.search(plain) or (not mixed and markup.is_plain(plain)):
        return plain
    return _escaped(plain)


def _escaped(plain: str) -> str:
    return "".join(
        part if _GAP.fullmatch(part) else _SPECIAL.sub(r"\\\1", part) for part in re.split(r"(_{2,})", plain)
    )
