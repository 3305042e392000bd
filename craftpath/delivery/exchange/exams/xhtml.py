"""Markup of the bank as XHTML for a package, and the XHTML of a package as markup of the bank.

Going out, what the sanitiser lets through becomes elements. Coming in, only what the bank itself can say is taken: the
words of every other element stay and the element goes, so neither scripts nor event attributes can come along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element  # noqa: S405  (walks only; parsing is defusedxml's)

from craftpath.delivery.exchange.authored.markdown import Dialect, markdown
from craftpath.delivery.exchange.authored.safe import tree_of, without_marks
from craftpath.delivery.exchange.exams import markup
from craftpath.delivery.exchange.plain_text import has_chinese
from craftpath.delivery.exchange.xml_in import XML_LANG
from craftpath.values.text import Text

MATH = "http://www.w3.org/1998/Math/MathML"
LANGUAGES = (("zh", "zh-Hans"), ("en", "en"))
_GAP = re.compile(r"_{2,}")
_LITERAL = re.compile(r"_(?=_)")
_JOINER = "\u2060"
"""Shows nothing; between two underscores it says in a package that they are underscores and no blank."""
_BLANK = "\ue000"
_SPECIAL = re.compile(r"([\\`*_$~^\[\]<>#|])")


def elements(
    text: str, *, address: Callable[[str], str], gap: Callable[[int], str] | None = None, inline: bool = False
) -> Element:
    """A text of the bank as the children of an element called `root`."""
    make = markup.line if inline else markup.block
    html = make(text, address=address, gap=gap or (lambda _number: _BLANK))
    root = tree_of(html)
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
    way = Dialect(place, _words, _one_paragraph)
    zh, en, rest = (markdown(sides[side], way, inline=inline) for side in ("zh", "en", ""))
    if rest:
        side = _side(language) or ("zh" if has_chinese(rest) else "en")
        joined = "\n\n" if not inline else " "
        zh, en = (f"{rest}{joined}{zh}".strip(), en) if side == "zh" else (zh, f"{rest}{joined}{en}".strip())
    return Text(zh, en)


def _side(code: str) -> str:
    return next((side for side, _ in LANGUAGES if code.lower().startswith(side)), "")


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


def _one_paragraph(words: str) -> bool:
    return markup.block(words).strip() == f"<p>{markup.line(words)}</p>"


def _words(text: str, mixed: bool) -> str:
    """Plain words as Markdown that shows just them: signs are escaped where they could be read as markup.

    Words that stand alone keep their signs if they are shown as they are; blanks stay blanks.
    """
    plain = re.sub(r"[ \t\r\n\f]+", " ", without_marks(text))
    if f"_{_JOINER}_" in plain:
        return _escaped(plain).replace(f"\\_{_JOINER}", "\\_")
    if not _SPECIAL.search(plain) or (not mixed and markup.is_plain(plain)):
        return plain
    return _escaped(plain)


def _escaped(plain: str) -> str:
    return "".join(
        part if _GAP.fullmatch(part) else _SPECIAL.sub(r"\\\1", part) for part in re.split(r"(_{2,})", plain)
    )
