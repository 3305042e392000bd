"""Two habits of a large account service (Entra ID) that the specification leaves open, said in its own words.

It adds `emails[type eq "work"].value` to somebody who has no such address yet, and takes members out with a list of
values instead of a filter. Everything else stays as it came, right or wrong.
"""

from __future__ import annotations

import re
from typing import Any

_PART = re.compile(
    r'(?P<name>[A-Za-z]{1,40})\[\s*type\s+eq\s+"(?P<type>[^"\\]{1,40})"\s*\]\.(?P<part>[A-Za-z]{1,40})', re.I
)
_PLAIN = re.compile(r"[A-Za-z0-9]{1,40}")


def in_order(sent: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The message as the specification would have it; `before` is the resource as it is now."""
    operations = sent.get("Operations")
    if not isinstance(operations, list):
        return sent
    made: list[Any] = []
    for one in operations:
        made += _said(one, before) if isinstance(one, dict) else [one]
    return {**sent, "Operations": made}


def _said(one: dict[str, Any], before: dict[str, Any]) -> list[dict[str, Any]]:
    does, path, value = str(one.get("op", "")).lower(), one.get("path"), one.get("value")
    if not isinstance(path, str):
        return [one]
    part = _PART.fullmatch(path.strip())
    if does == "add" and part is not None:
        return [_added(one, part, before)]
    if does == "remove" and path.strip().lower() == "members" and isinstance(value, list):
        ids = [member.get("value") if isinstance(member, dict) else None for member in value]
        if ids and all(isinstance(each, str) and _PLAIN.fullmatch(each) for each in ids):
            return [{"op": "remove", "path": f'members[value eq "{each}"]'} for each in ids]
    return [one]


def _added(one: dict[str, Any], part: re.Match[str], before: dict[str, Any]) -> dict[str, Any]:
    """An address of a kind that is not there yet comes as a whole."""
    known = {name.lower(): held for name, held in before.items()}.get(part["name"].lower())
    kinds = {str(held.get("type", "")).lower() for held in known or [] if isinstance(held, dict)}
    if part["type"].lower() in kinds:
        return one
    return {
        "op": "add",
        "path": part["name"],
        "value": [{"type": part["type"], part["part"]: one.get("value")}],
    }
