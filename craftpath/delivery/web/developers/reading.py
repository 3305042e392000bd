"""The schema as a page shows it: rooms with their operations, fields and an example each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.api_schema import openapi

ROOMS: dict[str, Any] = {
    "me": _("The token itself"),
    "log": _("Training logs"),
    "duties": _("What is due"),
    "courses": _("Courses"),
    "questions": _("Questions and answers"),
    "sessions": _("Sessions and attendance"),
    "judging": _("Ratings and observations"),
    "reviews": _("Reviews"),
    "results": _("Results and the own record"),
    "cohorts": _("Cohorts and apprentices"),
    "pairs": _("Pairs"),
    "support": _("Early help"),
    "gates": _("Gates"),
    "agreements": _("Agreements and signatures"),
    "allowances": _("Allowances"),
    "subsidies": _("Subsidies"),
    "imports": _("Imports"),
    "packages": _("Packages of courses"),
    "resources": _("Library of resources"),
    "directives": _("Notices and plans"),
    "studio": _("Training projects"),
    "figures": _("Figures"),
    "history": _("History"),
    "hooks": _("Web hooks"),
    "certificates": _("Certificates and whether they hold"),
}
"""The tags of the schema in words, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is sent or asked."""

    name: str
    kind: str
    needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    name: str
    method: str
    path: str
    summary: str
    about: str
    scope: str
    asked: list[Field]
    sent: list[Field]
    refusals: str
    example: str


@dataclass(frozen=True, slots=True)
class Room:
    """Operations of one tag."""

    key: str
    name: Any
    operations: list[Operation] = field(default_factory=list)


@cache
def rooms() -> tuple[Room, ...]:
    """All of them; the schema is the same as long as the program runs."""
    schema = json.loads(openapi())
    found = {key: Room(key, name) for key, name in ROOMS.items()}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].operations.append(_operation(schema, path, method, operation))
    return tuple(found.values())


def _operation(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Operation:
    asked = [
        Field(one["name"], _kind(one["schema"]), one["required"], one.get("description", ""))
        for one in operation["parameters"]
        if one.get("in") == "query"
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    sent = list(_fields(schema, body)) if body else []
    return Operation(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=operation["description"].rpartition("\n\n")[0],
        scope=operation["x-scope"],
        asked=asked,
        sent=sent,
        refusals=", ".join(status for status in operation["responses"] if status >= "400"),
        example=_example(schema, path, method, body),
    )


def _named(schema: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in made:
        return dict(schema["components"]["schemas"][made["$ref"].rsplit("/", 1)[-1]])
    return made


def _fields(schema: dict[str, Any], made: dict[str, Any]) -> Iterator[Field]:
    shape = _named(schema, made)
    needed = set(shape.get("required", []))
    for name, kind in shape.get("properties", {}).items():
        yield Field(name, _kind(kind), name in needed, kind.get("description", ""))


def _kind(made: dict[str, Any]) -> str:
    """A kind of values in a word or two."""
    if "$ref" in made:
        return str(made["$ref"].rsplit("/", 1)[-1])
    if "enum" in made:
        return " | ".join(str(one) for one in made["enum"])
    if "const" in made:
        return str(made["const"]).lower()
    if "anyOf" in made:
        return " | ".join(dict.fromkeys(_kind(one) for one in made["anyOf"] if one.get("type") != "null"))
    if made.get("type") == "array":
        return f"[{_kind(made.get('items', {}))}]"
    return str(made.get("format") or made.get("type", "any"))


def _example(schema: dict[str, Any], path: str, method: str, body: dict[str, Any] | None) -> str:
    lines = [f"curl -H 'Authorization: Bearer $TOKEN' $SITE{path}"]
    if method != "get":
        lines.insert(0, f"curl -X {method.upper()} -H 'Idempotency-Key: $(uuidgen)' \\")
        lines[1] = lines[1].replace("curl", "    ")
    if body is not None:
        said = json.dumps(_sample(schema, body), ensure_ascii=False)
        lines[-1] += " \\"
        lines.append(f"     -H 'Content-Type: application/json' -d '{said}'")
    return "\n".join(lines)


def _sample(schema: dict[str, Any], made: dict[str, Any]) -> Any:
    """Something of this kind, with what is needed and no more."""
    shape = _named(schema, made)
    if "properties" in shape:
        wanted = shape.get("required") or list(shape["properties"])[:1]
        return {name: _sample(schema, shape["properties"][name]) for name in wanted}
    if shape.get("type") == "array":
        return [_sample(schema, shape.get("items", {}))]
    if shape.get("type") == "object":
        return {}
    if "examples" in shape:
        return shape["examples"][0]
    if "enum" in shape:
        return shape["enum"][0]
    return {"integer": 1, "boolean": True, "number": 1}.get(shape.get("type", ""), "…")
