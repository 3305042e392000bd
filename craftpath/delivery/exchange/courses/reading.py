"""What reading any package has in common: faults with their place, texts in several languages, files and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.courses.archive import MEGABYTE, Archive, Member
from craftpath.delivery.exchange.frameworks.reading import MOST_FAULTS, short
from craftpath.delivery.exchange.plain_text import has_chinese
from craftpath.delivery.exchange.xml_in import NoXml, local, tree
from craftpath.domain.standards.content import Fault
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

MANIFEST_BYTES = 8 * MEGABYTE
DEEPEST = 30
MOST_PARTS = 5_000
"""Items, units or resources of one package; the rest is told and left out."""
_SPACE = re.compile(r"\s+")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages that the file gives it in: (language tag, words); the tag is "" where none is given."""

    said: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return any(words for _, words in self.said)

    def text(self) -> Text:
        """The Chinese and the English; where a language is not named the letters tell, and another one serves both."""
        zh = self._of("zh") or next((w for tag, w in self.said if not tag and has_chinese(w)), "")
        en = self._of("en") or next((w for tag, w in self.said if not tag and w and w != zh), "")
        return Text(zh, en) if zh or en else Text.of(next((words for _, words in self.said if words), ""))

    def _of(self, language: str) -> str:
        return next((words for tag, words in self.said if tag.lower().startswith(language)), "")


@dataclass(slots=True)
class Notes:
    """What is wrong with a package, and what is only worth knowing; each with its place in the package."""

    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def fault(self, place: str, given: Any, code: str, /, **facts: Any) -> None:
        """Note something that breaks the rules of the format; what it concerns is left out."""
        _add(self.faults, Fault(short(place), short(given), code, facts))

    def remark(self, place: str, given: Any, code: str, /, **facts: Any) -> None:
        """Note something that is not followed here, or was mended."""
        _add(self.remarks, Fault(short(place), short(given), code, facts))


def _add(held: list[Fault], one: Fault) -> None:
    if len(held) < MOST_FAULTS and one not in held:
        held.append(one)


def manifest(archive: Archive, member: Member) -> Element:
    """The root of the file that describes a package; `Refused` with its name where that is no XML."""
    return rooted(archive.read(member, MANIFEST_BYTES), member.name)


def rooted(content: bytes, name: str) -> Element:
    """The root of an XML file; `Refused` with its name and the line where it goes wrong."""
    try:
        return tree(content)
    except NoXml as fault:
        code = "course.forbidden_xml" if fault.hostile else "course.not_xml"
        raise Refused(not_now(code, name=name, line=fault.at)) from None


def named(root: Element, *names: str) -> Iterator[Element]:
    """The children of these names, whatever their namespace."""
    return (one for one in root if local(one) in names)


def first(root: Element | None, *way: str) -> Element | None:
    """The first child of a child … of these names."""
    for name in way:
        root = next(named(root, name), None) if root is not None else None
    return root


def said(element: Element | None) -> str:
    """The words of an element on one line; "" if there is none."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()[:4000] if element is not None else ""


def attribute(element: Element, name: str) -> str:
    """An attribute whatever its namespace and its capitals."""
    low = name.lower()
    return next(
        (value.strip() for key, value in element.attrib.items() if key.rpartition("}")[2].lower() == low), ""
    )


def number(given: str, least: int, most: int) -> Decimal | None:
    """A decimal number between two bounds; None for anything else."""
    try:
        value = Decimal(given.strip()) if len(given) <= 40 else Decimal("NaN")
    except InvalidOperation:
        return None
    return value if value.is_finite() and least <= value <= most else None


def outside(address: str) -> bool:
    """Whether an address leads out of the package by its form."""
    return bool(_ABSOLUTE.match(address)) or address.startswith(("//", "\\\\"))


@dataclass(frozen=True, slots=True)
class Launch:
    """Where something begins: a file of the package, and what stands behind it, such as `?unit=2#top`."""

    file: str
    tail: str = ""

    def __str__(self) -> str:
        return f"{self.file}{self.tail}"


def launch(archive: Archive, base: str, href: str) -> Launch | None:
    """The file that an address inside a package means, seen from the folder `base`; None if there is none."""
    cut = min((at for at in (href.find("?"), href.find("#")) if at >= 0), default=len(href))
    path, tail = href[:cut].replace("\\", "/"), href[cut:]
    if outside(path) or path.startswith("/") or "\0" in path:
        return None
    for way in (unquote(path), path):
        place = within(base, way)
        member = archive.find(place) if place else None
        if member is not None:
            return Launch(member.name, tail)
    return None


def within(base: str, path: str) -> str | None:
    """A path seen from a folder, its dots resolved; None if it leads out of the package."""
    parts: list[str] = []
    for part in f"{base}/{path}".split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
