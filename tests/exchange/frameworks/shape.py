"""A structural check of CASE 1.1 packages, written down from the standard: required and allowed fields, and types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
KINDS = {
    "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
    "hasSkillLevel", "isTranslationOf",
}  # fmt: skip
BASE = "identifier uri lastChangeDateTime"
# class → (required, allowed beside it)
SHAPE = {
    "CFPackage": ("CFDocument", "CFItems CFAssociations CFDefinitions CFRubrics extensions"),
    "CFDocument": (
        f"{BASE} creator title",
        "frameworkType caseVersion officialSourceURL publisher description subject subjectURI language version "
        "adoptionStatus statusStartDate statusEndDate licenseURI notes extensions",
    ),
    "CFItem": (
        f"{BASE} fullStatement",
        "alternativeLabel CFItemType humanCodingScheme listEnumeration abbreviatedStatement conceptKeywords "
        "conceptKeywordsURI notes subject subjectURI language educationLevel CFItemTypeURI licenseURI "
        "statusStartDate statusEndDate extensions",
    ),
    "CFAssociation": (
        f"{BASE} associationType originNodeURI destinationNodeURI",
        "sequenceNumber CFAssociationGroupingURI notes extensions",
    ),
    "CFRubric": (BASE, "title description CFRubricCriteria extensions"),
    "CFRubricCriterion": (
        BASE, "category description CFItemURI weight position rubricId CFRubricCriterionLevels extensions",
    ),
    "CFRubricCriterionLevel": (
        BASE, "description quality score feedback position rubricCriterionId extensions",
    ),
    "CFDefinitions": ("", "CFConcepts CFSubjects CFLicenses CFItemTypes CFAssociationGroupings extensions"),
    "CFLicenses": (f"{BASE} title licenseText", "description extensions"),
    "CFItemTypes": (f"{BASE} title description hierarchyCode", "typeCode extensions"),
    "CFAssociationGroupings": (f"{BASE} title", "description extensions"),
    "CFSubjects": (f"{BASE} title hierarchyCode", "description extensions"),
    "CFConcepts": (f"{BASE} title hierarchyCode", "keywords description extensions"),
    "Link": ("title identifier uri", ""),
    "End": ("title identifier uri", "targetType"),
}  # fmt: skip
INSIDE = {
    "CFDocument": "CFDocument", "CFItems": "CFItem", "CFAssociations": "CFAssociation", "CFRubrics": "CFRubric",
    "CFDefinitions": "CFDefinitions", "CFRubricCriteria": "CFRubricCriterion",
    "CFRubricCriterionLevels": "CFRubricCriterionLevel", "CFLicenses": "CFLicenses", "CFItemTypes": "CFItemTypes",
    "CFAssociationGroupings": "CFAssociationGroupings", "CFSubjects": "CFSubjects", "CFConcepts": "CFConcepts",
    "originNodeURI": "End", "destinationNodeURI": "End",
}  # fmt: skip
TEXT_LISTS = {"conceptKeywords", "subject", "educationLevel"}
WHOLE = {"sequenceNumber", "position"}


def wrong(package: Any) -> list[str]:
    """Where a package is not as the standard has it; nothing for a valid one."""
    return list(_object("CFPackage", package, ""))


def _object(kind: str, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: no object"
        return
    required, beside = (set(some.split()) for some in SHAPE[kind])
    yield from (f"{path}.{name}: missing" for name in sorted(required - set(value)))
    yield from (f"{path}.{name}: not allowed in {kind}" for name in sorted(set(value) - required - beside))
    for name, one in value.items():
        if name in required | beside:
            yield from _field(kind, name, one, f"{path}.{name}")


def _field(kind: str, name: str, value: Any, path: str) -> Iterator[str]:
    if name == "extensions":
        # Of a level they are a list, for whatever reason the standard has.
        some = value if kind == "CFRubricCriterionLevel" and isinstance(value, list) else [value]
        yield from () if all(isinstance(one, dict) for one in some) else (f"{path}: no object",)
    elif name in INSIDE:
        some = value if isinstance(value, list) else [value]
        for n, one in enumerate(some):
            yield from _object(INSIDE[name], one, f"{path}[{n}]")
    elif name == "subjectURI":
        for n, one in enumerate(value):
            yield from _object("Link", one, f"{path}[{n}]")
    elif name.endswith("URI"):
        yield from _object("Link", value, path)
    elif name in TEXT_LISTS:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            yield f"{path}: no list of texts"
    elif name in WHOLE:
        yield from () if type(value) is int else (f"{path}: no whole number",)
    elif name in ("weight", "score"):
        yield from () if type(value) in (int, float) else (f"{path}: no number",)
    elif not isinstance(value, str):
        yield f"{path}: no text"
    elif not _said_right(kind, name, value):
        yield f"{path}: {value!r}"


def _said_right(kind: str, name: str, value: str) -> bool:
    if name in ("identifier", "rubricId", "rubricCriterionId"):
        return kind == "End" or bool(UUID.fullmatch(value))
    if name == "lastChangeDateTime":
        return bool(MOMENT.fullmatch(value))
    if name in ("statusStartDate", "statusEndDate"):
        return bool(DAY.fullmatch(value))
    if name == "associationType":
        return value in KINDS or bool(re.fullmatch(r"ext:[a-zA-Z0-9._-]+", value))
    return name != "caseVersion" or value == "1.1"
