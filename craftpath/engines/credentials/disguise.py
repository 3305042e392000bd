"""What is read must be what was signed.

A proof covers the statements that a document makes under its contexts, and whoever reads it looks at its words. The
same statement can be written in other words: “validUntil” as its full address, or as a word that a context inside the
document gives the same meaning, or on another mention of the same thing. The signature would still hold, and the date
would be gone. Such spellings have no honest use, and are refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from craftpath.engines.credentials.canonical import expanded
from craftpath.engines.credentials.loader import KEPT, kept
from craftpath.engines.credentials.types import Document, Refusal

KEYWORDS = frozenset({"id", "type"})  # as the kept contexts call them
IN_TEXTS = frozenset({"@value", "@language", "@direction"})


def undisguised(document: Document) -> None:
    """Refuse a document whose words do not say what its statements say."""
    own = False
    for one in _objects(document):
        for name in one:
            if name.startswith("@") and name != "@context" and not ("@value" in one and name in IN_TEXTS):
                raise Refusal("terms_disguised", terms=name[:80])
            if ":" in name:
                raise Refusal("terms_disguised", terms=name[:80])
        contexts = _listed(one.get("@context", []))
        _no_other_names(contexts)
        own = own or any(not isinstance(context, str) for context in contexts)
        if one is not document and one.get("id") == document.get("id") is not None and len(one) > 1:
            raise Refusal("terms_disguised", terms=str(one["id"])[:80])
    if own:
        _same_without_own_contexts(document)


def _no_other_names(contexts: list[Any]) -> None:
    """Refuse contexts that call an identifier, a type or a nest by another word: a list would not find its own."""
    todo = list(contexts)
    while todo:
        one = todo.pop()
        if isinstance(one, list):
            todo += one
        if not isinstance(one, dict):
            continue
        for name, meant in one.items():
            known = meant.get("@id") if isinstance(meant, dict) else meant
            keyword = isinstance(known, str) and (known.startswith("@") or known in KEYWORDS)
            if keyword and not name.startswith("@") and known not in (name, f"@{name}"):
                raise Refusal("terms_disguised", terms=name[:80])
            todo.append(meant)


def _same_without_own_contexts(document: Document) -> None:
    """Contexts written into the document may name new things; what is kept here must not hide behind their names."""
    with_own, without = _known(expanded(document)), _known(expanded(_bare(document), strict=False))
    if with_own != without:
        hidden = sorted((with_own - without) + (without - with_own))
        raise Refusal("terms_disguised", terms=", ".join(hidden)[:200])


def _known(found: list[Any]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for one in _objects(found):
        counted.update(name for name in one if name in vocabulary())
        counted.update(name for name in one.get("@type", ()) if name in vocabulary())
    return counted


@cache
def vocabulary() -> frozenset[str]:
    """Every address that a kept context gives to a word."""
    found: set[str] = set()
    todo: list[Any] = [kept(url) for url in KEPT]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            todo += one.values()
        elif isinstance(one, str) and ":" in one:
            found.add(one)
    return frozenset(found)


def _bare(value: Any) -> Any:
    """The document without the contexts that are written into it."""
    if isinstance(value, dict):
        return {
            name: [one for one in _listed(inner) if isinstance(one, str)]
            if name == "@context"
            else _bare(inner)
            for name, inner in value.items()
        }
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of a document, contexts left out."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            yield one
            todo += [inner for name, inner in one.items() if name != "@context"]
        elif isinstance(one, list):
            todo += one


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
