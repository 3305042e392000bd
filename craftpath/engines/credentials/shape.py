"""Whether a document is built as the standards ask: by a schema, and by rules that a schema cannot say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, relevance

from craftpath.engines.credentials.dates import moment
from craftpath.engines.credentials.types import Check, Document

KINDS = {  # of the types of a document → the part of the schema
    "OpenBadgeCredential": "Badge",
    "AchievementCredential": "Badge",
    "EndorsementCredential": "Endorsement",
    "ClrCredential": "Record",
    "BitstringStatusListCredential": "Places",
}
DATES = ("validFrom", "validUntil", "issuanceDate", "expirationDate", "awardedDate")


def schema_check(document: Document) -> Check:
    """The answer to the question `schema`."""
    types = document.get("type")
    named = types if isinstance(types, list) else [types]
    kind = next((KINDS[one] for one in named if isinstance(one, str) and one in KINDS), "Credential")
    for where, what in _faults(document, kind):
        return Check("schema", False, "malformed", {"where": where[:200], "what": what[:200]})
    return Check("schema", True, "well_formed")


def _faults(document: Document, kind: str) -> Iterator[tuple[str, str]]:
    wrong = max(_schema(kind).iter_errors(document), key=relevance, default=None)
    if wrong is not None:
        yield _told(wrong)
    for field in DATES:
        if field in document and moment(document[field]) is None:
            yield field, "is no moment of the calendar"
    start = moment(document.get("validFrom", document.get("issuanceDate")))
    end = moment(document.get("validUntil", document.get("expirationDate")))
    if start and end and end < start:
        yield "validUntil", "is before validFrom"
    related = document.get("relatedResource", [])
    ids = [one.get("id") for one in (related if isinstance(related, list) else [related])]
    if len(set(ids)) < len(ids):
        yield "relatedResource", "names a resource twice"


@cache
def _schema(kind: str) -> Draft202012Validator:
    text = files(__package__).joinpath("schemas", "credentials.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text) | {"$ref": f"#/$defs/{kind}"})


def _told(wrong: ValidationError) -> tuple[str, str]:
    while wrong.context:
        wrong = min(wrong.context, key=lambda one: (-len(one.path), str(one.validator)))
    where = ".".join(str(step) for step in wrong.absolute_path) or "The document"
    return where, _what(wrong)


def _what(wrong: ValidationError) -> str:
    asked: Any = wrong.validator_value
    if wrong.validator == "required":
        missing = [name for name in asked if name not in wrong.instance]
        return f"lacks {', '.join(missing)}"
    if wrong.validator == "type":
        return f"must be {asked if isinstance(asked, str) else ' or '.join(asked)}"
    if wrong.validator in {"const", "enum", "contains"}:
        return f"must have {asked.get('const', asked.get('enum')) if isinstance(asked, dict) else asked}"
    if wrong.validator == "pattern":
        return "is not written as it must be"
    return f"does not fit ({wrong.validator})"
