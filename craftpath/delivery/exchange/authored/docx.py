"""What every reader of Word files needs: pictures, styles, and the numbers that the program only shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from craftpath.delivery.exchange.authored.safe import MOST_PICTURES
from craftpath.values.verdict import Refused, not_now

UNREAD = ("pPr", "rPr", "del", "moveFrom", "Fallback")
"""What is no text of the document: properties, what was struck out or moved away, what stands in for old programs."""
_CHINESE = "零一二三四五六七八九十"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_PARAGRAPHS = 20_000


@dataclass(slots=True)
class Found:
    """What a file holds: text, and pictures under the numbers by which the text names them (`@1`)."""

    text: str
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class NotRead(Exception):  # noqa: N818  (an answer to a file, not a programming error)
    """Why a file is not read: `macros`, `doctype` or `pictures`; whoever reads it says so in the words of its room."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@contextmanager
def refusing(*, macros: str, pictures: str, damaged: str) -> Iterator[None]:
    """Whatever a file does to its reader is refused, by the code that its room has for that."""
    try:
        yield
    except Refused:
        raise
    except NotRead as fault:
        if fault.why == "macros":
            raise Refused(not_now(macros)) from None
        if fault.why == "pictures":
            raise Refused(not_now(pictures, limit=MOST_PICTURES)) from None
        raise Refused(not_now(damaged)) from None
    except Exception:  # noqa: BLE001  (the libraries below raise whatever a bent file makes them stumble over)
        raise Refused(not_now(damaged)) from None


def require_harmless(names: Iterable[str], part: Callable[[str], bytes]) -> None:
    """`NotRead` for a file with macros or with document types; `part` gives what stands under a name."""
    names = list(names)
    low = {name.casefold() for name in names}
    if any("vbaproject" in name or (name.endswith(".bin") and "activex" in name) for name in low):
        raise NotRead("macros")
    for name in names:
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part(name)[:4096].upper():
            raise NotRead("doctype")


def local_of(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: Any, name: str = "val") -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child_of(element: Any, *way: str) -> Any:
    for name in way:
        element = (
            next((one for one in element if local_of(one) == name), None) if element is not None else None
        )
    return element


@dataclass(frozen=True, slots=True)
class Numbered:
    """Where a paragraph stands in a list of the program: its level from 0, the kind of sign, and what is shown."""

    level: int
    kind: str
    count: int
    sign: str


class WordReader:
    """Walks over a document; what becomes of a paragraph, a table and a run is up to who reads it."""

    mark = "@"
    """How the marks of pictures begin."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.found = Found("")
        self.counts: dict[tuple[str, int], int] = {}
        self.levels = self._numbering()

    def pictures(self, drawing: Any) -> list[str]:
        """Keep the pictures of a drawing; their marks."""
        found = []
        for element in drawing.iter():
            name = local_of(element)
            identity = ""
            if name == "blip":
                identity = element.get(f"{_RELATION}embed", "")
            elif name == "imagedata":
                identity = element.get(f"{_RELATION}id", "")
            if identity:
                found += self._picture(identity)
            elif name == "Fallback":
                break
        return found

    def _picture(self, identity: str) -> list[str]:
        held = self.document.part.related_parts.get(identity)
        if held is None:
            return []
        if len(self.found.pictures) >= MOST_PICTURES:
            raise NotRead("pictures")
        mark = f"{self.mark}{len(self.found.pictures) + 1}"
        self.found.pictures[mark] = (str(held.partname).rsplit("/", 1)[-1], held.blob)
        return [mark]

    # ---- Numbers that the program counts ------------------------------------------------------------

    def _numbering(self) -> dict[str, tuple[str, dict[int, tuple[str, str, int]]]]:
        """number id → (list, level → (format, text, first))."""
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return {}
        lists: dict[str, dict[int, tuple[str, str, int]]] = {}
        for abstract in (one for one in root if local_of(one) == "abstractNum"):
            levels = {}
            for level in (one for one in abstract if local_of(one) == "lvl"):
                kind, text, first = (child_of(level, name) for name in ("numFmt", "lvlText", "start"))
                start = value_of(first) if first is not None else "1"
                levels[int(value_of(level, "ilvl") or 0)] = (
                    value_of(kind) if kind is not None else "decimal",
                    value_of(text) if text is not None else "%1.",
                    int(start) if start.isdecimal() else 1,
                )
            lists[value_of(abstract, "abstractNumId")] = levels
        found = {}
        for num in (one for one in root if local_of(one) == "num"):
            target = child_of(num, "abstractNumId")
            abstract_id = value_of(target) if target is not None else ""
            if abstract_id in lists:
                restarts = child_of(num, "lvlOverride") is not None
                identity = value_of(num, "numId")
                found[identity] = (identity if restarts else abstract_id, lists[abstract_id])
        return found

    def numbered(self, paragraph: Any) -> Numbered | None:
        """Count a paragraph that stands in a list; None for any other."""
        properties = child_of(paragraph, "pPr", "numPr")
        if properties is None:
            properties = self._of_style(paragraph)
        if properties is None:
            return None
        identity, level = child_of(properties, "numId"), child_of(properties, "ilvl")
        held = self.levels.get(value_of(identity)) if identity is not None else None
        if held is None:
            return None
        place = int(value_of(level) or 0) if level is not None else 0
        name, levels = held
        if place not in levels:
            return None
        count = self.counts[name, place] = self.counts.get((name, place), levels[place][2] - 1) + 1
        for deeper in [key for key in self.counts if key[0] == name and key[1] > place]:
            del self.counts[deeper]
        kind, text, _ = levels[place]
        if kind == "bullet":
            return Numbered(place, kind, count, "")
        for n in range(place + 1):
            inner, _, first = levels.get(n, ("decimal", "", 1))
            text = text.replace(f"%{n + 1}", _said(self.counts.get((name, n), first), inner))
        return Numbered(place, kind, count, text)

    def style_of(self, paragraph: Any) -> Any:
        """The style that a paragraph names; None if it names none that there is."""
        style = child_of(paragraph, "pPr", "pStyle")
        return self.style(value_of(style)) if style is not None else None

    def style(self, wanted: str) -> Any:
        """A style by its id; None if there is none."""
        for element in self.document.styles.element:
            if local_of(element) == "style" and value_of(element, "styleId") == wanted:
                return element
        return None

    def _of_style(self, paragraph: Any) -> Any:
        return child_of(self.style_of(paragraph), "pPr", "numPr")


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
