"""The operations of the Python client, written from the schema: a method for each, and the shapes of answers."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterator
from typing import Any

from craftpath.delivery.exchange.api_schema import openapi

HEAD = '''"""Written by `manage.py reference` from docs/reference/openapi.json; not to be changed by hand."""
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypedDict

from .transport import Transport, part

'''
_WORDS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_WIDE = 110


def page() -> str:
    """The module."""
    schema = json.loads(openapi())
    shapes = [shape for name, made in schema["components"]["schemas"].items() for shape in _shape(name, made)]
    methods = [
        line
        for path, found in schema["paths"].items()
        for method, operation in found.items()
        for line in _method(path.removeprefix("/api/v1"), method, operation)
    ]
    head = ["", "class Craftpath(Transport):", '    """Every operation of the API, by its name."""', ""]
    return HEAD + "\n".join([*shapes, *head, *methods]).rstrip() + "\n"


def _shape(name: str, made: dict[str, Any]) -> Iterator[str]:
    if "enum" in made:
        yield from ("", f"{name} = {_kind(made)}", "")
        return
    if not made.get("properties") or name.startswith("Page_") or name.endswith("Asked"):
        return
    yield from ("", f"class {name}(TypedDict, total=False):")
    yield f'    """{_first(made.get("description", name))}"""'
    yield ""
    for field, kind in made["properties"].items():
        if not keyword.iskeyword(field):
            yield f"    {field}: {_kind(kind)}"
    yield ""


def _first(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    if "enum" in schema or "const" in schema:
        words = schema.get("enum", [schema.get("const")])
        return (
            f"Literal[{', '.join(json.dumps(one) if isinstance(one, str) else repr(one) for one in words)}]"
        )
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list[{_kind(schema.get('items', {}))}]"
    return _WORDS.get(schema.get("type", ""), "dict[str, Any]" if schema.get("type") == "object" else "Any")


def _method(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    names = re.findall(r"{(\w+)}", path)
    asked = [one for one in operation["parameters"] if one.get("in") == "query" and one["name"] != "cursor"]
    answer: dict[str, Any] = next(
        (found["content"]["application/json"]["schema"] for status, found in operation["responses"].items()
         if status.startswith("2")), {},
    )  # fmt: skip
    item = _item(answer)
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema")
    is_file = bool(content) and body is None
    revised = any(one.get("$ref", "").endswith("/IfMatch") for one in operation["parameters"])
    arguments = ["self", *(f"{name}: str" for name in names)]
    if body is not None:
        arguments.append(f"body: {_kind(body)}")
    if is_file:
        arguments.append("body: bytes")
    more = [f"{one['name']}: {_kind(one['schema'])} = None" if "None" in _kind(one["schema"])
            else f"{one['name']}: {_kind(one['schema'])} | None = None" for one in asked]  # fmt: skip
    if method != "get":
        more += ["key: str | None = None"]
    if revised:
        more += ["revision: int | None = None"]
    if more:
        arguments += ["*", *more]
    returned = f"Iterator[{item}]" if item else _kind(answer)
    one_line = f"    def {operation['operationId']}({', '.join(arguments)}) -> {returned}:"
    if len(one_line) <= _WIDE:
        yield one_line
    else:
        yield f"    def {operation['operationId']}("
        yield from (f"        {argument}," for argument in arguments)
        yield f"    ) -> {returned}:"
    yield f'        """{_first(operation["summary"])}."""'
    address = re.sub(r"{(\w+)}", r"{part(\1)}", path)
    said = f'f"{address}"' if names else f'"{path}"'
    query = "{" + ", ".join(f'"{one["name"]}": {one["name"]}' for one in asked) + "}"
    yield from _call(method, said, query if asked else "", body is not None or is_file, revised, bool(item))
    yield ""


def _item(answer: dict[str, Any]) -> str:
    """What a list is of; "" for one thing."""
    found = re.fullmatch(r"Page_(\w+)_", answer.get("$ref", "").rsplit("/", 1)[-1])
    return found[1] if found else ""


def _call(method: str, said: str, query: str, body: bool, revised: bool, listed: bool) -> Iterator[str]:
    if listed:
        yield f"        return self.pages({said}, {query or '{}'})"
        return
    if method == "get":
        yield f'        return self.send("GET", {said}{f", query={query}" if query else ""}).content'
        return
    yield '        headers = {"Idempotency-Key": key} if key else {}'
    if revised:
        yield "        if revision is not None:"
        yield '            headers["If-Match"] = f\'"{revision}"\''
    sent = (f", query={query}" if query else "") + (", body=body" if body else "")
    yield f'        return self.send("{method.upper()}", {said}{sent}, headers=headers).content'
