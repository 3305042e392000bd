"""Whole statements, those inside statements, and what is attached to them."""

from __future__ import annotations

import re
from typing import Any

from craftpath.engines.xapi.activities import an_activity
from craftpath.engines.xapi.actors import IDENTIFIERS, an_actor, an_authority
from craftpath.engines.xapi.contexts import a_context, a_reference
from craftpath.engines.xapi.results import a_result
from craftpath.engines.xapi.types import Json, Version, Wrong
from craftpath.engines.xapi.values import (
    a_language_map,
    a_length,
    a_media_type,
    a_moment,
    a_sha2,
    a_string,
    a_uuid,
    an_array,
    an_iri,
    an_object,
    at,
    inside,
    one_of,
)

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
OBJECTS = ("Activity", "Agent", "Group", "SubStatement", "StatementRef")
_INNER = ("actor", "verb", "object", "result", "context", "timestamp", "attachments")
_STATEMENT = ("id", *_INNER, "stored", "authority", "version")
_SUB = ("objectType", *_INNER)
_NEEDED = ("actor", "verb", "object")
_ATTACHMENT = ("usageType", "display", "description", "contentType", "length", "sha2", "fileUrl")
_VERSIONS = {
    Version.V1: re.compile(r"1\.0(?:\.[0-9A-Za-z.+\-]+)?"),
    Version.V2: re.compile(r"[12]\.0(?:\.[0-9A-Za-z.+\-]+)?"),
}


def check(value: Any, version: Version, where: str = "") -> Json:
    """A statement that misses no requirement; `Wrong` names the first one that it misses."""
    statement = an_object(value, where, _STATEMENT, _NEEDED)
    if "id" in statement:
        a_uuid(statement["id"], inside(where, "id"))
    if "stored" in statement:
        a_moment(statement["stored"], inside(where, "stored"))
    if "authority" in statement:
        an_authority(statement["authority"], inside(where, "authority"))
    if "version" in statement:
        said = a_string(statement["version"], inside(where, "version"))
        if not _VERSIONS[version].fullmatch(said):
            raise Wrong("version", inside(where, "version"), value=said)
    _said(statement, version, where, within=False)
    return statement


def voids(statement: Json) -> bool:
    """Whether it says that another statement does not hold."""
    return bool(statement["verb"]["id"] == VOIDED)


def target(statement: Json) -> str | None:
    """The id of the statement that it is about, in small letters."""
    about = statement["object"]
    return str(about["id"]).lower() if about.get("objectType") == "StatementRef" else None


def _said(statement: Json, version: Version, where: str, *, within: bool) -> None:
    """What a statement and one inside another have in common."""
    an_actor(statement["actor"], inside(where, "actor"))
    verb = _verb(statement["verb"], inside(where, "verb"))
    kind = _object(statement["object"], inside(where, "object"), version, within=within)
    if verb == VOIDED and kind != "StatementRef":
        raise Wrong("voids_no_statement", inside(where, "object"))
    if "result" in statement:
        a_result(statement["result"], inside(where, "result"))
    if "context" in statement:
        place = inside(where, "context")
        a_context(statement["context"], place, version, of_activity=kind == "Activity")
    if "timestamp" in statement:
        a_moment(statement["timestamp"], inside(where, "timestamp"))
    if "attachments" in statement:
        place = inside(where, "attachments")
        for n, one in enumerate(an_array(statement["attachments"], place)):
            _attachment(one, at(place, n))


def _verb(value: Any, where: str) -> str:
    verb = an_object(value, where, ("id", "display"), ("id",))
    if "display" in verb:
        a_language_map(verb["display"], inside(where, "display"))
    return an_iri(verb["id"], inside(where, "id"))


def _object(value: Any, where: str, version: Version, *, within: bool) -> str:
    """What kind of object it is, once it is known to be a good one."""
    if not isinstance(value, dict):
        raise Wrong("not_an_object", where)
    if "objectType" not in value:
        if "id" not in value and any(name in value for name in (*IDENTIFIERS, "member", "actor")):
            raise Wrong("object_type_needed", where)
        an_activity(value, where)
        return "Activity"
    kind = one_of(value["objectType"], inside(where, "objectType"), OBJECTS)
    if kind == "Activity":
        an_activity(value, where)
    elif kind == "StatementRef":
        a_reference(value, where)
    elif kind == "SubStatement":
        if within:
            raise Wrong("nested", where)
        _said(an_object(value, where, _SUB, _NEEDED), version, where, within=True)
    else:
        an_actor(value, where)
    return kind


def _attachment(value: Any, where: str) -> None:
    needed = ("usageType", "display", "contentType", "length", "sha2")
    attachment = an_object(value, where, _ATTACHMENT, needed)
    an_iri(attachment["usageType"], inside(where, "usageType"))
    a_language_map(attachment["display"], inside(where, "display"))
    if "description" in attachment:
        a_language_map(attachment["description"], inside(where, "description"))
    a_media_type(attachment["contentType"], inside(where, "contentType"))
    a_length(attachment["length"], inside(where, "length"))
    a_sha2(attachment["sha2"], inside(where, "sha2"))
    if "fileUrl" in attachment:
        an_iri(attachment["fileUrl"], inside(where, "fileUrl"))
