"""Documents as the statements that are signed, in the one order and spelling that everybody gives them.

Nothing may fall under the table: a property that no context defines would not be signed, and neither would a type or an
identifier that is no address. Such a document is refused. And nothing may take for ever: statements about nameless
things that cannot be told apart are sorted by trying their orders, which whoever writes a document can make factorial.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from math import factorial
from typing import Any

from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.context_resolver import ContextResolver

from craftpath.engines.credentials.loader import KEPT, load
from craftpath.engines.credentials.types import Document, Refusal

WORK = 60_000  # steps of sorting; a credential of an apprentice takes none, the largest known ones 3,000
WRONG = (jsonld.JsonLdError, ValueError, TypeError, KeyError, AttributeError, IndexError)  # pyld stumbles so
PAIRS = 400_000  # comparisons of values of one property: twice 600 values


class _Kept(threading.local):
    """Each thread's contexts as pyld has worked them out: pyld's own store breaks when threads share it."""

    def __init__(self) -> None:
        self.contexts = _Cache()


class _Cache(dict[str, Any]):
    """Only contexts that are kept here stay; what documents bring along is forgotten."""

    def __setitem__(self, key: str, value: Any) -> None:
        if key in KEPT:
            super().__setitem__(key, value)


_here = _Kept()


class _Canonical(URDNA2015):
    """The algorithm, with a limit on the work of telling nameless things apart."""

    def __init__(self) -> None:
        super().__init__()
        self.left = WORK

    def create_hash_to_related(self, id_: str, issuer: Any) -> Any:
        related = super().create_hash_to_related(id_, issuer)
        copied = 1 + len(issuer.order)
        for group in related.values():
            self.left -= copied * factorial(min(len(group), 12))
        self.left -= 1 + len(self.blank_node_info[id_]["quads"])
        if self.left < 0:
            raise Refusal("too_tangled")
        return related


def expanded(document: Document, *, strict: bool = True) -> list[Any]:
    """The document with every word as the address that its contexts give it; refused (strict) when one has none."""
    dropped: list[str] = []
    processor = jsonld.JsonLdProcessor(on_property_dropped=lambda name: dropped.append(str(name)))
    try:
        found: list[Any] = processor.expand(document, _options())
    except WRONG as wrong:
        raise _refusal(wrong) from wrong
    if dropped and strict:
        raise Refusal("terms_undefined", terms=", ".join(sorted(set(dropped)))[:200])
    if strict:
        _nothing_lost(found)
    return found


def canonical(document: Document) -> str:
    """The statements of a document as canonical N-Quads (RDFC-1.0)."""
    found = expanded(document)
    try:
        statements = jsonld.JsonLdProcessor().to_rdf(found, _options() | {"produceGeneralizedRdf": False})
        text: str = _Canonical().main(statements, {"format": "application/n-quads"})
    except WRONG as wrong:
        raise _refusal(wrong) from wrong
    return text


def _options() -> dict[str, Any]:
    return {"documentLoader": load, "contextResolver": ContextResolver(_here.contexts, load), "base": ""}


def _refusal(wrong: BaseException) -> Refusal:
    cause: BaseException | None = wrong
    code = ""
    while cause is not None:
        if isinstance(cause, Refusal):
            return cause
        code = getattr(cause, "code", None) or code
        cause = cause.__cause__
    return Refusal("not_linked_data", what=str(code or "unknown")[:200])


def _nothing_lost(found: list[Any]) -> None:
    """Refuse what the statements would leave out, and what would take too long to compare."""
    sizes: dict[tuple[object, str], int] = defaultdict(int)
    todo: list[Any] = list(found)
    while todo:
        node = todo.pop()
        if not isinstance(node, dict) or "@value" in node:
            continue
        for name in [node.get("@id"), *node.get("@type", [])]:
            if name is not None and (":" not in name or any(letter in name for letter in ' <>"{}|\\^`')):
                raise Refusal("terms_undefined", terms=str(name)[:200])
        for name, values in node.items():
            if name == "@type":
                continue
            if name == "@reverse":
                raise Refusal("not_linked_data", what="@reverse")
            values = values if isinstance(values, list) else [values]
            sizes[node.get("@id", id(node)), name] += len(values) if name != "@list" else 0
            todo += values
    if sum(size * size // 2 for size in sizes.values()) > PAIRS:
        raise Refusal("too_tangled")
