"""What objects of a CASE 1.1 package may hold (1EdTech, CFPackage), and what is carried along beside it.

Standard fields stand at their place. What the standard does not know, or holds in another form, travels in our
extension and comes out again; two habits of version 1.0 are read and never written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

OURS = "craftpath"
OLD_HABITS = frozenset({"CFPackageURI", "CFDocumentURI"})
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
STAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)?")
LONGEST_STAMP, LONGEST_LICENCE, LONGEST_ADDRESS = 40, 120, 500
ASSOCIATIONS = frozenset(
    {
        "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
        "hasSkillLevel", "isTranslationOf",
    }
)  # fmt: skip
_EXTENDED = re.compile(r"ext:[a-zA-Z0-9._-]+")

TEXTS = {
    "CFDocument": {
        "frameworkType", "creator", "title", "officialSourceURL", "publisher", "description", "language", "version",
        "adoptionStatus", "statusStartDate", "statusEndDate", "notes",
    },
    "CFItem": {
        "fullStatement", "alternativeLabel", "CFItemType", "humanCodingScheme", "listEnumeration",
        "abbreviatedStatement", "notes", "language", "statusStartDate", "statusEndDate",
    },
    "CFAssociation": {"associationType", "notes"},
}  # fmt: skip
LISTS = {
    "CFDocument": {"subject"},
    "CFItem": {"conceptKeywords", "subject", "educationLevel"},
    "CFAssociation": set[str](),
}
LINKS = {
    "CFDocument": {"licenseURI"},
    "CFItem": {"conceptKeywordsURI", "CFItemTypeURI", "licenseURI"},
    "CFAssociation": {"CFAssociationGroupingURI"},
}
LINK_LISTS = {"CFDocument": {"subjectURI"}, "CFItem": {"subjectURI"}, "CFAssociation": set[str]()}


def carried(kind: str, given: Mapping[str, Any], read: frozenset[str]) -> dict[str, Any]:
    """What of an object nobody here reads: fields of the standard as they are, all others under `strange`."""
    kept: dict[str, Any] = {}
    strange: dict[str, Any] = {}
    for name, value in given.items():
        if name in read or name in OLD_HABITS or name == "extensions":
            continue
        (kept if _fits(kind, name, value) else strange)[name] = value
    others, ours = extensions(given)
    kept |= {"extensions": others} if others else {}
    strange |= ours["strange"] if isinstance(ours.get("strange"), dict) else {}
    return kept | ({"strange": strange} if strange else {})


def extensions(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(extensions of others, ours) of an object; ours is empty where it is none."""
    found = given.get("extensions")
    if not isinstance(found, dict):
        return {}, {}
    ours = found.get(OURS)
    others = {name: value for name, value in found.items() if name != OURS}
    return others, ours if isinstance(ours, dict) else {}


def _whole(value: Any) -> bool:
    return type(value) is int


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _object(value: Any) -> bool:
    return isinstance(value, dict)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _words(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_text, value.values()))


def _rows(value: Any) -> bool:
    return isinstance(value, list) and all(map(_object, value))


OUR_FORMS: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "CFDocument": {
        "key": _text, "prefix": _text, "name": _words, "about": _words, "wording": _text, "levels_by": _text,
        "year": lambda value: value is None or _whole(value), "levels": _rows, "theirs": _object, "strange": _object,
    },
    "CFItem": {
        "key": _text, "kind": _text, "name": _words, "meaning": _words,
        "indicators": lambda value: isinstance(value, list) and all(map(_words, value)),
        "levels": lambda value: isinstance(value, dict) and all(map(_words, value.values())),
        "hints": lambda value: isinstance(value, dict) and all(map(_texts, value.values())), "strange": _object,
    },
    "CFAssociation": {"kind": _text, "strength": _whole, "strange": _object},
}  # fmt: skip
"""What our extension says of each object, and in which form."""
_PARTS: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "CFDocument": {
        "CFAssociations": _rows,
        "CFRubrics": lambda value: isinstance(value, list),
        "CFDefinitions": lambda value: isinstance(value, dict) and not misfits_of_definitions(value),
        "package": _object,
    },
    "CFItem": {"CFAssociation": lambda value: isinstance(value, dict) and may_be_carried("CFAssociation", value)},
    "CFAssociation": {"identifier": _text, "uri": _text, "lastChangeDateTime": _text},
}  # fmt: skip
"""What is carried with an object and stands elsewhere in a package."""


def misfits_of_definitions(value: Mapping[str, Any]) -> list[str]:
    """The parts of definitions that are no lists, and extensions that are no object."""
    return [
        name for name, one in value.items() if not isinstance(one, dict if name == "extensions" else list)
    ]


def may_be_carried(kind: str, kept: Mapping[str, Any]) -> bool:
    """Whether everything that a cell carries with an object has the form in which a package has it."""
    forms = {**_PARTS[kind], "strange": _object, "extensions": _object}
    return all(
        forms[name](value) if name in forms else _fits(kind, name, value) for name, value in kept.items()
    )


def short_licence(title: str) -> str:
    """A licence as its column keeps it; the whole title is carried along."""
    return title[:LONGEST_LICENCE].strip()


def stamp_of(given: Mapping[str, Any]) -> str:
    """When an object was changed last, as it stands there; "" for what is no moment."""
    value = given.get("lastChangeDateTime")
    return value if isinstance(value, str) and len(value) <= LONGEST_STAMP and STAMP.fullmatch(value) else ""


def written(fields: Mapping[str, Any], ours: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """An object for a package: our fields, what was carried along, and the extensions of both."""
    strange = {"strange": in_one_order(kept["strange"])} if kept.get("strange") else {}
    others = in_one_order(kept.get("extensions", {}))
    extension = {OURS: {**ours, **strange}} if ours or strange else {}
    more = {name: in_one_order(kept[name]) for name in sorted(kept) if name not in ("strange", "extensions")}
    whole = {name: value for name, value in fields.items() if value not in ("", None)}
    return {**more, **whole} | ({"extensions": {**others, **extension}} if others or extension else {})


def in_one_order(value: Any) -> Any:
    """The same with the names of every object sorted: a database may keep them in another order."""
    if isinstance(value, dict):
        return {name: in_one_order(value[name]) for name in sorted(value)}
    return [in_one_order(one) for one in value] if isinstance(value, list) else value


def _fits(kind: str, name: str, value: Any) -> bool:
    if name in TEXTS[kind]:
        return isinstance(value, str)
    if name in LISTS[kind]:
        return _texts(value)
    if name in LINK_LISTS[kind]:
        return isinstance(value, list) and all(is_link(one) for one in value)
    return name in LINKS[kind] and is_link(value)


def is_link(value: Any) -> bool:
    """Whether something is a pointer as the standard has it."""
    parts = {"title", "identifier", "uri"}
    return (
        isinstance(value, dict)
        and set(value) == parts
        and all(isinstance(one, str) for one in value.values())
    )


def is_association(kind: object) -> bool:
    """Whether a kind of association is one of the standard or a named extension of it."""
    return isinstance(kind, str) and (kind in ASSOCIATIONS or bool(_EXTENDED.fullmatch(kind)))
