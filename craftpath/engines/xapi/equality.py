"""Are two statements the same? What cannot change is compared, what a store or a language may change is not."""

from __future__ import annotations

import re
from typing import Any

from craftpath.engines.xapi.actors import IDENTIFIERS
from craftpath.engines.xapi.normal import listed
from craftpath.engines.xapi.types import Json
from craftpath.engines.xapi.values import a_moment

_FINER = re.compile(r"([.,]\d\d)\d+")


def same(first: Json, second: Json, *, moments: bool = False) -> bool:
    """Whether two good statements say the same.

    Left aside are id, stored, authority, version and attachments, the order of members, how verbs and activities are
    called, letters of identifiers that are large or small, hundredths of hundredths of a duration; and when it
    happened, unless `moments` asks for it and both say it.
    """
    if _plain(first) != _plain(second):
        return False
    both = "timestamp" in first and "timestamp" in second
    return not (moments and both) or _moment(first) == _moment(second)


def _moment(statement: Json) -> Any:
    return a_moment(statement["timestamp"], "timestamp")


def _plain(statement: Json) -> Json:
    plain: Json = {
        "actor": _actor(statement["actor"]),
        "verb": statement["verb"]["id"],
        "object": _object(statement["object"]),
    }
    result = statement.get("result", {})
    if "duration" in result:
        result = result | {"duration": _FINER.sub(r"\1", result["duration"])}
    return plain | {"result": result, "context": _context(statement.get("context", {}))}


def _object(value: Json) -> Any:
    kind = value.get("objectType", "Activity")
    if kind == "Activity":
        return kind, value["id"]
    if kind == "StatementRef":
        return kind, value["id"].lower()
    if kind == "SubStatement":
        return kind, _plain(value), _moment(value) if "timestamp" in value else None
    return kind, _actor(value)


def _actor(value: Json) -> Any:
    known = tuple((name, _folded(name, value[name])) for name in IDENTIFIERS if name in value)
    members = sorted(repr(_actor(member)) for member in value.get("member", ()))
    return value.get("objectType", "Agent"), value.get("name"), known, members


def _folded(name: str, value: Any) -> Any:
    if name == "account":
        return value["homePage"], value["name"]
    return value.lower() if name in ("mbox", "mbox_sha1sum") else value


def _context(context: Json) -> Json:
    plain = dict(context)
    if "registration" in plain:
        plain["registration"] = plain["registration"].lower()
    if "language" in plain:
        plain["language"] = plain["language"].lower()
    if "statement" in plain:
        plain["statement"] = plain["statement"]["id"].lower()
    for name in ("instructor", "team"):
        if name in plain:
            plain[name] = _actor(plain[name])
    if "contextActivities" in plain:
        given = listed(plain["contextActivities"])
        plain["contextActivities"] = {name: [one["id"] for one in some] for name, some in given.items()}
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in plain:
            plain[name] = [(_actor(one[inner]), one.get("relevantTypes")) for one in plain[name]]
    return plain
