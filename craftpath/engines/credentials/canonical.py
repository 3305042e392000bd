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
NOWHERE = "https://nowhere.invalid/"  # what no address stands for is put below it, and found there
BARRED = ' <>"{}|\\^`'
INNER = 500  # contexts of types worked out, a thread; a credential has eight
WRONG = (
    jsonld.JsonLdError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
)  # fmt: skip  (pyld stumbles so)
PAIRS = 1_000_000  # comparisons of values of the same property: a thousand different ones


class _Kept(threading.local):
    """Each thread's contexts as pyld has worked them out: pyld's own store breaks when threads share it."""

    def __init__(self) -> None:
        self.contexts = _Cache()
        self.inner: dict[Any, tuple[Any, Any]] = {}


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


class _Strict(jsonld.JsonLdProcessor):
    """The processor, refusing what it would leave out."""

    def __init__(self) -> None:
        self.dropped: list[str] = []
        self.keeping = False
        super().__init__(on_property_dropped=lambda name: self.dropped.append(str(name)))

    def _process_context(self, active_ctx: Any, local_ctx: Any, options: Any, *how: Any, **named: Any) -> Any:
        """A type's own context in the context around it, worked out once: it is half of all the work otherwise."""
        around = active_ctx.get("_uuid") if self.keeping else None
        if around is None or isinstance(local_ctx, (list, str)) or "cycles" in named:
            return super()._process_context(active_ctx, local_ctx, options, *how, **named)
        key = (around, id(local_ctx), how, tuple(sorted(named.items())))
        found = _here.inner.get(key)
        if found is None:
            if len(_here.inner) >= INNER:
                _here.inner.clear()
            made = super()._process_context(active_ctx, local_ctx, options, *how, **named)
            found = _here.inner[key] = (made, local_ctx)  # kept with it, so that its id is not given again
        return found[0]

    def expand(self, input_: Any, options: Any) -> list[Any]:
        self.keeping = _names_only(input_)
        found: list[Any] = super().expand(input_, options)
        if self.dropped:
            raise Refusal("terms_undefined", terms=", ".join(sorted(set(self.dropped)))[:200])
        _nothing_lost(found)
        return found


def expanded(document: Document, *, strict: bool = True) -> list[Any]:
    """The document with every word as the address that its contexts give it; refused (strict) when one has none."""
    processor = _Strict() if strict else jsonld.JsonLdProcessor()
    try:
        found: list[Any] = processor.expand(document, _options())
    except WRONG as wrong:
        raise _refusal(wrong) from wrong
    return found


def canonical(document: Document) -> str:
    """The statements of a document as canonical N-Quads (RDFC-1.0)."""
    try:
        statements = _Strict().to_rdf(document, _options() | {"produceGeneralizedRdf": False})
        text: str = _Canonical().main(statements, {"format": "application/n-quads"})
    except WRONG as wrong:
        raise _refusal(wrong) from wrong
    return text


def _options() -> dict[str, Any]:
    return {"documentLoader": load, "contextResolver": ContextResolver(_here.contexts, load), "base": NOWHERE}


def _names_only(document: Any) -> bool:
    """Whether all contexts of a document are names of kept ones: what it brings along is not worth remembering."""
    todo = [document]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            own = one.get("@context", [])
            if not all(isinstance(name, str) for name in (own if isinstance(own, list) else [own])):
                return False
            todo += [inner for inner in one.values() if isinstance(inner, (dict, list))]
        elif isinstance(one, list):
            todo += one
    return True


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
    values_of: dict[tuple[object, str], list[Any]] = defaultdict(list)
    todo: list[Any] = list(found)
    while todo:
        node = todo.pop()
        if not isinstance(node, dict) or "@value" in node:
            continue
        for name in [node.get("@id"), *node.get("@type", [])]:
            if name is not None and (
                ":" not in name or name.startswith(NOWHERE) or any(letter in name for letter in BARRED)
            ):
                raise Refusal("terms_undefined", terms=str(name).removeprefix(NOWHERE)[:200])
        for name, values in node.items():
            if name == "@reverse":
                raise Refusal("not_linked_data", what="@reverse")
            if name == "@type" or not isinstance(values, list):
                continue
            if name != "@list":
                values_of[node.get("@id", id(node)), name] += map(_told_apart_by, values)
            todo += values
    if sum(len(values) * len(set(values)) for values in values_of.values()) > PAIRS:
        raise Refusal("too_tangled")


def _told_apart_by(value: Any) -> object:
    """What makes two values of a property the same one; each new one is compared with all before it."""
    if isinstance(value, dict):
        told = value.get("@id") or str(value.get("@value", ""))
        return told or id(value)
    return id(value)
