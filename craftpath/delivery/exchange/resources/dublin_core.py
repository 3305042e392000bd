"""Dublin Core, as `oai_dc` has it: fifteen elements, each as often as one likes, in any order."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # noqa: S405  (parsing is defusedxml's)

from django.utils.timezone import localdate

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
from craftpath.delivery.exchange.xml_in import XML_LANG, local
from craftpath.domain.resources.states import KINDS, LICENCES

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES = {"video": "MovingImage", "audio": "Sound", "picture": "StillImage", "package": "InteractiveResource"}
for _prefix, _space in (("oai_dc", OAI_DC), ("dc", DC), ("xsi", XSI)):
    register_namespace(_prefix, _space)


def written(told: Description) -> bytes:
    """A file of it."""
    return bytes(tostring(element(told), encoding="utf-8", xml_declaration=True))


def element(told: Description) -> Element:
    """The element that a catalogue's answer holds."""
    root = Element(f"{{{OAI_DC}}}dc", {f"{{{XSI}}}schemaLocation": f"{OAI_DC} {SCHEMA}"})

    def say(name: str, words: str, language: str = "") -> None:
        if words:
            SubElement(root, f"{{{DC}}}{name}", {XML_LANG: language} if language else {}).text = clean(words)

    for name, text in (("title", told.title), ("description", told.abstract)):
        for language, words in text.items():
            say(name, words, language)
    for one in parted(told.authors):
        say("creator", one)
    for one in parted(told.keywords):
        say("subject", one)
    for subject in told.subjects:
        for language, words in subject.items():
            say("subject", words, language)
    if told.made_at is not None:
        say("date", localdate(told.made_at).isoformat())
    say("type", told.kind)
    say("type", _TYPES.get(told.kind, "Text"))
    say("format", told.media_type)
    say("identifier", told.address)
    for language in languages(told.language):
        say("language", language)
    say("rights", rights_of(told.licence))
    say("rights", told.rights)
    return root


def rights_of(key: str) -> str:
    """A licence by its address, else by its key."""
    known = LICENCES.get(key)
    return (known.address or f"licence:{known.key}") if known is not None else ""


def read(root: Element) -> Description:
    """What somebody else's record says."""
    said: dict[str, list[tuple[str, str]]] = {}
    for one in root.iter():
        if one.text and one.text.strip():
            said.setdefault(local(one), []).append((one.get(XML_LANG, ""), one.text.strip()))

    def words(name: str) -> list[str]:
        return [given for _language, given in said.get(name, [])]

    rights = words("rights") + words("license")
    licence, leave = own_licence(rights) or licence_of(rights)
    kinds = [one for one in words("type") if one in KINDS]
    title = spoken(said.get("title", []))
    return Description(
        title=title,
        abstract=spoken(said.get("description", [])),
        authors=joined(words("creator")),
        keywords=joined(given for language, given in said.get("subject", []) if not language),
        language=language_said(words("language")),
        kind=kinds[0] if kinds else "",
        media_type=next(iter(words("format")), ""),
        licence=licence,
        rights=leave,
        address=next((one for one in words("identifier") if one.startswith(("http://", "https://"))), ""),
    )


def own_licence(rights: list[str]) -> tuple[str, str] | None:
    """(key, words) where a catalogue of this program names the licence by its key."""
    for one in rights:
        key = one.removeprefix("licence:")
        if key != one and key in LICENCES:
            return key, "; ".join(other for other in rights if other != one)
    return None
