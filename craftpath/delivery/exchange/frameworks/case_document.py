"""The document of a CASE package, and how any field of a package is read: bounded, each fault with its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from craftpath.delivery.exchange.frameworks.case_shape import (
    LONGEST_ADDRESS,
    OLD_HABITS,
    OUR_FORMS,
    OURS,
    UUID,
    carried,
    extensions,
    is_link,
    misfits_of_definitions,
    short_licence,
    stamp_of,
)
from craftpath.delivery.exchange.frameworks.reading import Read
from craftpath.domain.standards.checking import LONGEST_NAME
from craftpath.domain.standards.content import Content, Level, Words, named
from craftpath.values.text import LANGUAGES

OF_DOCUMENT = frozenset(
    {
        "identifier", "uri", "caseVersion", "title", "lastChangeDateTime", "officialSourceURL", "publisher",
        "description", "language", "version", "adoptionStatus", "notes", "CFDefinitions",
    }
)  # fmt: skip
LONGEST_LINE = 300
FILE = "file"
"""Stands for the prefix of a package that is not of ours."""


def cleaned(value: Any) -> Any:
    """A part that is carried along whole, without the habits of version 1.0."""
    if isinstance(value, dict):
        return {name: cleaned(one) for name, one in value.items() if name not in OLD_HABITS}
    return [cleaned(one) for one in value] if isinstance(value, list) else value


class Document:
    """The document, the scale and the parts that are carried whole; whoever reads items stands on it."""

    def __init__(self, root: Mapping[str, Any], read: Read) -> None:
        self.root, self.read = root, read
        self.document: dict[str, Any] = root["CFDocument"]
        self.language = "en"

    def listed(self, name: str) -> list[Any]:
        found = self.root.get(name) or []
        if isinstance(found, list):
            return found
        self.read.fault(name, type(found).__name__, "framework.not_a_list")
        return []

    def text(self, path: str, given: Mapping[str, Any], name: str, longest: int = 0) -> str:
        value = given.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.read.fault(f"{path}.{name}", value, "framework.not_a_text")
            return ""
        value = value.strip()
        if longest and len(value) > longest:
            self.read.fault(f"{path}.{name}", value, "standards.too_long", most=longest)
            return value[:longest]
        return value

    def uuid(self, path: str, given: Mapping[str, Any]) -> str:
        value = given.get("identifier")
        low = value.lower() if isinstance(value, str) else ""
        if not UUID.fullmatch(low):
            self.read.fault(f"{path}.identifier", value, "framework.no_uuid")
            return ""
        return low

    def address(self, path: str, given: Mapping[str, Any]) -> str:
        """Where it is published; a name that only repeats the identifier is none."""
        value = self.text(path, given, "uri", LONGEST_ADDRESS)
        return "" if value.lower() == f"urn:uuid:{given.get('identifier')}".lower() else value

    def stamp(self, path: str, given: Mapping[str, Any]) -> str:
        value, found = given.get("lastChangeDateTime"), stamp_of(given)
        if value is not None and not found:
            self.read.remark(f"{path}.lastChangeDateTime", value, "framework.no_stamp")
        return found

    def ours(self, path: str, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """What our extension says of an object, as far as it has the form that we give it."""
        found = given.get("extensions")
        _others, ours = extensions(given)
        if found is not None and not isinstance(found, dict):
            self.read.fault(f"{path}.extensions", found, "framework.not_an_object")
        elif found and not isinstance(found.get(OURS, {}), dict):
            self.read.fault(f"{path}.extensions.{OURS}", found[OURS], "framework.not_an_object")
        forms = OUR_FORMS[kind]
        wrong = [name for name, value in ours.items() if name in forms and not forms[name](value)]
        for name in wrong:
            self.read.fault(f"{path}.extensions.{OURS}.{name}", ours[name], "framework.other_form")
        return {name: value for name, value in ours.items() if name in forms and name not in wrong}

    def speaks(self, path: str, given: Mapping[str, Any], else_: str) -> str:
        """The language of the texts of an object, as we name it."""
        value = self.text(path, given, "language")
        known = {"zh": "zh", "chi": "zh", "zho": "zh", "cmn": "zh", "en": "en", "eng": "en", "": else_}
        found = known.get(value.lower().split("-")[0].split("_")[0])
        if found is None:
            allowed = ", ".join(LANGUAGES)
            self.read.fault(f"{path}.language", value, "standards.language_unknown", allowed=allowed)
        return found or else_

    def about(self) -> Content:
        given, path = self.document, "CFDocument"
        self.language = self.speaks(path, given, "en")
        ours = self.ours(path, "CFDocument", given)
        title = self.text(path, given, "title", LONGEST_NAME)
        if not title:
            self.read.fault(f"{path}.title", "", "standards.no_name")
        kept = carried("CFDocument", given, OF_DOCUMENT)
        levels, source = tuple(self.levels(ours)), self.text(path, given, "notes")
        kept |= {"notes": source} if len(source) > LONGEST_LINE else {}
        # What its publisher calls this version; a package of ours tells what it carries of another's.
        theirs = ours.get("theirs", {}) if ours else given
        kept |= _kept_texts(theirs, "version", "adoptionStatus")
        words: dict[str, Any] = {
            "name": self.both(ours, "name", title, self.language),
            "about": self.both(ours, "about", self.text(path, given, "description"), self.language),
        }
        return Content(
            key=ours.get("key", ""),
            version=_number(given.get("version")) if ours else 1,
            prefix=ours.get("prefix", FILE),
            publisher=self.publisher(kept, title),
            year=ours["year"] if ours.get("year") and 1900 <= ours["year"] < 3000 else None,
            source=source if len(source) <= LONGEST_LINE else "",
            licence=self.licence(kept),
            address=self.text(path, given, "officialSourceURL", LONGEST_LINE),
            wording="own" if ours.get("wording") == "own" else "source",
            levels=levels,
            levels_by=ours["levels_by"] if levels and ours.get("levels_by") in ("own", "source") else "",
            identifier=self.uuid(path, given),
            uri=self.address(path, given),
            stamp=self.stamp(path, given),
            carried=kept | self.parts(),
            **words,
        )

    def publisher(self, kept: dict[str, Any], title: str) -> str:
        """The publisher, else who made it; a package of ours without either names its title."""
        given = self.text("CFDocument", self.document, "publisher", 120)
        creator = str(kept.get("creator", ""))
        found = given or ("" if creator == title or len(creator) > 120 else creator)
        if creator in (found, title):
            kept.pop("creator", None)
        return found

    def parts(self) -> dict[str, Any]:
        """Definitions, rubrics and extensions of the package that are not ours."""
        found: dict[str, Any] = {}
        definitions = self.root.get("CFDefinitions") or {}
        if not isinstance(definitions, dict):
            self.read.fault("CFDefinitions", definitions, "framework.not_an_object")
        else:
            for name in misfits_of_definitions(definitions):
                self.read.fault(f"CFDefinitions.{name}", definitions[name], "framework.other_form")
            found["CFDefinitions"] = cleaned(definitions)
            self.drop_own_licence(found["CFDefinitions"])
            found = found if found["CFDefinitions"] else {}
        own = named(str(self.document.get("identifier")).lower(), "levels")
        rubrics = [
            one
            for one in self.listed("CFRubrics")
            if not (isinstance(one, dict) and one.get("identifier") == own)
        ]
        found |= {"CFRubrics": cleaned(rubrics)} if rubrics else {}
        package = self.root.get("extensions") or {}
        if not isinstance(package, dict):
            self.read.fault("extensions", package, "framework.not_an_object")
        return found | ({"package": package} if package else {})

    def drop_own_licence(self, definitions: dict[str, Any]) -> None:
        link = self.document.get("licenseURI")
        licences = definitions.get("CFLicenses")
        if (
            not isinstance(licences, list)
            or not isinstance(link, dict)
            or not is_link(link)
            or link["identifier"] != named("licence", link["title"])
        ):
            return
        rest = [
            one
            for one in licences
            if not (isinstance(one, dict) and one.get("identifier") == link["identifier"])
        ]
        if rest:
            definitions["CFLicenses"] = rest
        else:
            del definitions["CFLicenses"]

    def licence(self, kept: dict[str, Any]) -> str:
        link = kept.get("licenseURI")
        if link is None:
            return ""
        title = short_licence(link["title"])
        if link["identifier"] == named("licence", title):
            kept.pop("licenseURI")
        return title

    def levels(self, ours: Mapping[str, Any]) -> Iterator[Level]:
        for n, row in enumerate(ours.get("levels", ())):
            if isinstance(row.get("key"), str):
                yield Level(row["key"], words_of(row.get("name")), words_of(row.get("meaning")))
            else:
                place = f"CFDocument.extensions.{OURS}.levels[{n}].key"
                self.read.fault(place, row.get("key"), "framework.not_a_text")

    def both(self, ours: Mapping[str, Any], name: str, given: str, language: str) -> Words:
        """Both languages: ours as they were written, with what a foreign hand changed in the standard's own field."""
        words = dict(words_of(ours.get(name)))
        if given and given not in words.values():
            words[language] = given
        return words


def _kept_texts(given: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: given[name] for name in names if isinstance(given.get(name), str)}


def _number(value: Any) -> int:
    """A version of ours."""
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 3 and int(value)
        else 1
    )


def words_of(value: Any) -> dict[str, str]:
    """A text in our languages, whatever stands there."""
    if not isinstance(value, dict):
        return {}
    return {
        language: said
        for language in LANGUAGES
        if isinstance(value.get(language), str) and (said := value[language].strip())
    }
