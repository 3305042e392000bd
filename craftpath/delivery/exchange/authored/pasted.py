"""HTML that somebody pastes, from a text program or a site, as Markdown of a page.

What text programs put around words (styles, smart tags, comments, `mso-…`) goes; what they mean by it (bold, lists,
headings) stays. Pictures inside the HTML become files; those elsewhere are not fetched, and are told.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element  # noqa: S405  (walks only)

from craftpath.delivery.exchange.authored import pages
from craftpath.delivery.exchange.authored.markdown import Dialect, markdown, run
from craftpath.delivery.exchange.authored.safe import MOST_PICTURES, cleaned, tree_of
from craftpath.delivery.exchange.xml_in import local

MOST_CHARACTERS = 8_000_000
_DEEPEST = 60
_STYLE = 2_000
"""Characters of a style that are looked at; no program writes as many around a paragraph."""
_DATA = re.compile(r"data:image/(png|jpe?g|gif|webp)(;base64)?,(.*)", re.S | re.I)
_LEVEL = re.compile(r"mso-list:[^;]*?level(\d)", re.I)
_WEIGHT = re.compile(r"(?<![-\w])font-weight:\s*(bold|bolder|normal|[1-9]00)", re.I)
_SLANT = re.compile(r"(?<![-\w])font-style:\s*(?:italic|oblique)", re.I)
_NUMBERED = re.compile(r"\s*[(（]?(?:\d+|[a-zA-Z]|[一二三四五六七八九十]+)\s*[.)、）．]")
_TAGS = (
    "div",
    "section",
    "article",
    "tfoot",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "b",
    "i",
    "strike",
    "del",
)
_MORE = {
    "a": {"href"},
    "img": {"src", "alt"},
    "p": {"style"},
    "span": {"style", "class"},
    "video": {"src"},
    "audio": {"src"},
    "b": {"style"},
}


@dataclass(slots=True)
class Pasted:
    """Markdown, pictures by the marks under which it names them (`media:new-1`), addresses of what was left out."""

    text: str = ""
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    cut: bool = False


def from_html(html: str) -> Pasted:
    """Read what was pasted; never an error, whatever it holds."""
    found = Pasted(cut=len(html) > MOST_CHARACTERS)
    more = {tag: set[str]() for tag in _TAGS} | _MORE
    schemes = {
        "http",
        "https",
        "mailto",
        "data",
        "file",
        "media",
        "page",
    }  # a file is told, and not linked to
    root = tree_of(cleaned(html[:MOST_CHARACTERS], schemes=schemes, more=more, kept=_kept))
    _plain(root, 0)
    reader = _Reader(found)
    root.tag = "div"
    found.text = markdown([root], reader.way)
    return found


def _kept(tag: str, name: str, value: str) -> str | None:
    """Of styles only what means something: a level of a list, bold, slanted; of classes the drawn half of a formula."""
    if name == "style":
        value = value[:_STYLE]
        if "mso-list:ignore" in value.lower().replace(" ", ""):
            return "ignore"
        level, weight = _LEVEL.search(value), _WEIGHT.search(value)
        signs = [f"level{level[1]}"] if level else []
        if weight:
            signs.append("plain" if weight[1].lower() in ("normal", "100", "200", "300", "400") else "bold")
        if _SLANT.search(value):
            signs.append("slanted")
        return " ".join(signs) or None
    if name == "class":
        return value if value == "katex-html" else None
    return value


def _plain(parent: Element, depth: int) -> None:
    """Turn what a text program means into the elements that say it."""
    if depth > _DEEPEST:
        return
    kept: list[Element] = []
    open_lists: list[tuple[int, Element]] = []
    for child in list(parent):
        level = _level(child)
        if level:
            _into_list(kept, open_lists, child, level)
        else:
            open_lists = []
            _renamed(child)
            kept.append(child)
        _plain(child, depth + 1)
        if (child.tail or "").strip():
            open_lists = []
    parent[:] = kept


def _level(element: Element) -> int:
    found = re.search(r"level(\d)", element.get("style", "")) if local(element) == "p" else None
    return int(found[1]) if found else 0


def _into_list(
    kept: list[Element], open_lists: list[tuple[int, Element]], child: Element, level: int
) -> None:
    """A paragraph that a text program shows as an item, as an item of a list; deeper ones inside the one before."""
    marker = next((one for one in child.iter() if one.get("style") == "ignore"), None)
    sign = "".join(marker.itertext()) if marker is not None else ""
    if marker is not None:
        tail = marker.tail
        marker.clear()
        marker.tail = tail
    while open_lists and open_lists[-1][0] > level:
        open_lists.pop()
    if not open_lists or open_lists[-1][0] < level:
        made = Element("ol" if _NUMBERED.match(sign) else "ul")
        holder = open_lists[-1][1] if open_lists else None
        if holder is not None and len(holder):
            holder[-1].append(made)
        else:
            kept.append(made)
        open_lists.append((level, made))
    made = open_lists[-1][1]
    if len(open_lists) == 1:
        made.tail = child.tail
    child.tag = "li"
    child.attrib.clear()
    made.append(child)


def _renamed(element: Element) -> None:
    name, signs = local(element), element.get("style", "").split()
    if name in ("b", "strong") and "plain" in signs:
        element.tag = "span"  # what some editors put around everything they copy
    elif name == "span" and element.get("class") == "katex-html":
        tail = element.tail
        element.clear()
        element.tail = tail
    elif name == "span" and "bold" in signs:
        element.tag = "strong"
    elif name == "span" and "slanted" in signs:
        element.tag = "em"
    elif name == "strike":
        element.tag = "s"
    elif name in ("dt", "dd", "figcaption"):
        element.tag = "p"


class _Reader:
    def __init__(self, found: Pasted) -> None:
        self.found = found
        self.way = Dialect(self.place, pages.words, pages.one_paragraph)

    def place(self, element: Element) -> str | None:
        """Links, pictures and recordings; None for what is nothing special."""
        name = local(element)
        if name == "a":
            return pages.link(run(element, self.way), element.get("href", "").strip())
        if name in ("img", "video", "audio"):
            return self._medium(element)
        return None

    def _medium(self, element: Element) -> str:
        source, label = element.get("src", "").strip(), element.get("alt", "")
        own = re.fullmatch(rf"media:({pages.REF})", source)
        if own:
            return pages.shown(label, own[1])
        content = _picture(source)
        if content is not None and len(self.found.pictures) < MOST_PICTURES:
            mark = f"{pages.MARK}{len(self.found.pictures) + 1}"
            self.found.pictures[mark] = content
            return pages.shown(label, mark)
        if source:
            self.found.left_out.append(source[:200])
        return pages.words(label)


def _picture(source: str) -> tuple[str, bytes] | None:
    """Name and content of a picture that stands in its own address."""
    found = _DATA.fullmatch(source)
    if not found:
        return None
    try:
        raw = unquote_to_bytes(found[3])
        content = base64.b64decode(raw, validate=False) if found[2] else raw
    except (binascii.Error, ValueError):
        return None
    kind = found[1].lower().replace("jpeg", "jpg")
    return (f"picture.{kind}", content) if content else None
