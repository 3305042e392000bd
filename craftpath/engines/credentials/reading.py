"""What somebody hands in, read without trusting it: size, depth, names said twice, numbers that are none."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from craftpath.engines.credentials.types import Document, Refusal

LARGEST = 2_000_000  # characters; a record with two hundred credentials has a tenth of it
DEEPEST = 40
MOST = 6_000  # objects: each costs time whatever is in it
CONTEXTS = 1_000  # of all objects together; a record with two hundred credentials has 403
ROW = 20  # contexts of one object


def parsed(text: str) -> Document:
    """The document that a text says."""
    if len(text) > LARGEST:
        raise Refusal("too_large")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise Refusal("too_deep") from None
    except ValueError as wrong:
        raise Refusal("not_json", what=str(wrong)[:120]) from None
    if not isinstance(found, dict):
        raise Refusal("not_a_credential")
    return measured(found)


def measured(document: Document) -> Document:
    """The document itself, if it is neither too deep nor made of too many parts."""
    layer: list[Any] = [document]
    objects = contexts = 0
    for _ in range(DEEPEST):
        below: list[Any] = []
        for one in layer:
            if isinstance(one, dict):
                objects += 1
                own = one.get("@context")
                row = len(own) if isinstance(own, list) else int(own is not None)
                contexts += row if row <= ROW else CONTEXTS + 1
                below += [value for value in one.values() if isinstance(value, (dict, list))]
            else:
                below += [value for value in one if isinstance(value, (dict, list))]
        if objects > MOST or contexts > CONTEXTS or len(below) > MOST * 4:
            raise Refusal("too_large")
        if not below:
            return _plain(document)
        layer = below
    raise Refusal("too_deep")


def _plain(document: Document) -> Document:
    """Refuse numbers that are none, halves of letters, and what is no JSON at all."""
    try:
        size = len(json.dumps(document, ensure_ascii=False, allow_nan=False).encode())
    except (ValueError, TypeError) as wrong:
        raise Refusal("not_json", what=str(wrong)[:60]) from None
    if size > LARGEST * 4:
        raise Refusal("too_large")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Refusal("said_twice", name=name[:80])
        found[name] = value
    return found


def _no_number(name: str) -> NoReturn:
    raise Refusal("not_json", what=name)
