"""Learning Object Metadata (IEEE 1484.12.3): the part of it that says what a resource of the library is."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # noqa: S405  (parsing is defusedxml's)

from craftpath.delivery.exchange.resources.described import (
    Description,
    clean,
    joined,
    language_said,
    languages,
    licence_of,
    parted,
    spoken,
)
from craftpath.delivery.exchange.resources.dublin_core import XSI, own_licence, rights_of
from craftpath.delivery.exchange.xml_in import local
from craftpath.domain.resources.states import KINDS, LICENCES

LOM = "http://ltsc.ieee.org/xsd/LOM"
SCHEMA = "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd"
_SOURCE = "LOMv1.0"
_TYPES = {"exercise": "exercise", "slides": "slide", "picture": "figure", "package": "simulation"}
register_namespace("lom", LOM)


def written(told: Description) -> bytes:
    """A file of it."""
    return bytes(tostring(element(told), encoding="utf-8", xml_declaration=True))


def element(told: Description) -> Element:
    """The element that a catalogue's answer holds; parts stand in the order of the standard."""
    root = Element(_tag("lom"), {f"{{{XSI}}}schemaLocation": f"{LOM} {SCHEMA}"})
    _general(root, told)
    if told.authors:
        life = SubElement(root, _tag("lifeCycle"))
        for one in parted(told.authors):
            part = SubElement(life, _tag("contribute"))
            _vocabulary(part, "role", "author")
            _plain(part, "entity", f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{one}\r\nN:{one}\r\nEND:VCARD\r\n")
    technical = SubElement(root, _tag("technical"))
    _plain(technical, "format", told.media_type)
    _plain(technical, "size", str(told.size or ""))
    _plain(technical, "location", told.address)
    learning = SubElement(root, _tag("educational"))
    if told.kind in _TYPES:
        _vocabulary(learning, "learningResourceType", _TYPES[told.kind])
    if told.kind:
        _vocabulary(learning, "learningResourceType", told.kind, "craftpath")
    if told.audience:
        _texts(learning, "description", {"": told.audience})
    rights = SubElement(root, _tag("rights"))
    kept_in = told.licence in LICENCES and not LICENCES[told.licence].name_author
    _vocabulary(rights, "copyrightAndOtherRestrictions", "no" if kept_in else "yes")
    _texts(rights, "description", {"": "\n".join(filter(None, (rights_of(told.licence), told.rights)))})
    for subject in told.subjects:
        part = SubElement(root, _tag("classification"))
        _vocabulary(part, "purpose", "discipline")
        _texts(part, "description", subject)
    return root


def _general(root: Element, told: Description) -> None:
    general = SubElement(root, _tag("general"))
    if told.identifier:
        identifier = SubElement(general, _tag("identifier"))
        _plain(identifier, "catalog", "craftpath")
        _plain(identifier, "entry", told.identifier)
    _texts(general, "title", told.title)
    for code in languages(told.language):
        _plain(general, "language", code)
    if told.abstract:
        _texts(general, "description", told.abstract)
    for one in parted(told.keywords):
        _texts(general, "keyword", {"": one})


def _tag(name: str) -> str:
    return f"{{{LOM}}}{name}"


def _plain(parent: Element, name: str, words: str) -> None:
    if words:
        SubElement(parent, _tag(name)).text = clean(words)


def _texts(parent: Element, name: str, text: dict[str, str]) -> None:
    if not any(text.values()):
        return
    held = SubElement(parent, _tag(name))
    for language, words in text.items():
        SubElement(held, _tag("string"), {"language": language} if language else {}).text = clean(words)


def _vocabulary(parent: Element, name: str, value: str, source: str = _SOURCE) -> None:
    held = SubElement(parent, _tag(name))
    _plain(held, "source", source)
    _plain(held, "value", value)


def read(root: Element) -> Description:
    """What somebody else's record says; parts of any version of the standard, by their names."""
    general, rights = _first(root, "general"), _first(root, "rights")
    educational, technical = _first(root, "educational"), _first(root, "technical")
    said = [line for words in _said(rights, "description") for line in words[1].splitlines()]
    licence, leave = own_licence(said) or licence_of(said)
    kinds = [one for _code, one in _said(educational, "learningResourceType", "value") if one in KINDS]
    names = [_named(words) for _code, words in _said(_first(root, "lifeCycle"), "contribute", "entity")]
    return Description(
        identifier=next((words for _code, words in _said(general, "identifier", "entry")), ""),
        title=spoken(_said(general, "title")),
        abstract=spoken(_said(general, "description")),
        authors=joined(names),
        keywords=joined(words for _code, words in _said(general, "keyword")),
        language=language_said(words for _code, words in _said(general, "language")),
        kind=kinds[0] if kinds else "",
        media_type=next((words for _code, words in _said(technical, "format")), ""),
        licence=licence,
        rights=leave,
        address=next((words for _code, words in _said(technical, "location")), ""),
        audience=next((words for _code, words in _said(educational, "description")), ""),
    )


def _first(root: Element, name: str) -> Element | None:
    return next((one for one in root.iter() if local(one) == name), None)


def _said(parent: Element | None, *way: str) -> Iterator[tuple[str, str]]:
    """(language, words) of all texts that lie below parts of these names."""
    rows = [parent] if parent is not None else []
    for name in way:
        rows = [one for row in rows for one in row if local(one) == name]
    for row in rows:
        for one in row.iter():
            words = (one.text or "").strip()
            if words and local(one) not in ("source", "role"):
                yield one.get("language", ""), words


def _named(card: str) -> str:
    """The name on a visiting card."""
    lines = card.replace("\r\n", "\n").split("\n")
    return next(
        (line[3:].strip() for line in lines if line.upper().startswith("FN:")),
        "" if "BEGIN:" in card else card,
    )
