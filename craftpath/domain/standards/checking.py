"""Whether a framework holds together: every fault with its place, what stood there and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from craftpath.domain.standards.content import Content, Fault, Node
from craftpath.domain.standards.models import KINDS, MATCHES, STRENGTHS
from craftpath.domain.standards.tree import depths, in_order, knots
from craftpath.values.text import LANGUAGES

MOST_NODES = 5000
MOST_DEPTH = 12
MOST_LEVELS = 8
MOST_INDICATORS = 20
LONGEST_NAME = 200
LONGEST_TEXT = 4000
_KEY = re.compile(r"[a-zA-Z0-9_-]{1,60}")


def check(content: Content) -> list[Fault]:
    """All faults, in the order in which they stand in the file; none for a framework that can be kept."""
    nodes = content.nodes
    if len(nodes) > MOST_NODES:
        return [Fault("", str(len(nodes)), "standards.too_many", {"most": MOST_NODES})]
    found = [*_twice(nodes), *_hanging(nodes)]
    return [*_scale(content), *found, *([] if found else _deep(nodes)), *_words(content), *_pairs(content)]


def place(node: Node) -> str:
    """Where a node stood, or its key."""
    return node.place or node.key


def _twice(nodes: tuple[Node, ...]) -> Iterator[Fault]:
    seen: dict[str, Node] = {}
    ids: dict[str, Node] = {}
    for node in nodes:
        if not _KEY.fullmatch(node.key):
            yield Fault(place(node), node.key, "standards.key_unclear", {"longest": 60})
        if node.key in seen:
            yield Fault(place(node), node.key, "standards.key_twice", {"first": place(seen[node.key])})
        if node.identifier and node.identifier in ids:
            first = place(ids[node.identifier])
            yield Fault(place(node), node.identifier, "standards.identifier_twice", {"first": first})
        seen.setdefault(node.key, node)
        ids.setdefault(node.identifier, node)


def _hanging(nodes: tuple[Node, ...]) -> Iterator[Fault]:
    by_key = {node.key: node for node in nodes}
    for node in nodes:
        if node.parent and node.parent not in by_key:
            yield Fault(place(node), node.parent, "standards.parent_unknown")
        elif node.kind == "domain" and node.parent and by_key[node.parent].kind == "skill":
            yield Fault(place(node), node.parent, "standards.domain_in_skill")
    for ring in knots(nodes):
        way = " → ".join((*ring, ring[0]))
        yield Fault(place(by_key[ring[0]]), ring[0], "standards.knot", {"way": way})


def _deep(nodes: tuple[Node, ...]) -> Iterator[Fault]:
    ordered = in_order(nodes)
    for key, depth in depths(ordered).items():
        if depth >= MOST_DEPTH:
            node = next(one for one in ordered if one.key == key)
            yield Fault(place(node), key, "standards.too_deep", {"most": MOST_DEPTH})
            return


def _scale(content: Content) -> Iterator[Fault]:
    keys = [level.key for level in content.levels]
    if len(keys) > MOST_LEVELS:
        yield Fault("", str(len(keys)), "standards.too_many_levels", {"most": MOST_LEVELS})
    for at, key in enumerate(keys):
        if not _KEY.fullmatch(key) or key in keys[:at]:
            yield Fault("", key, "standards.level_twice")


def _words(content: Content) -> Iterator[Fault]:
    if not any(content.name.values()):
        yield Fault("", "", "standards.no_name")
    levels = {level.key for level in content.levels}
    for node in content.nodes:
        yield from _words_of(node, levels)


def _words_of(node: Node, levels: set[str]) -> Iterator[Fault]:
    if not any(node.name.values()):
        yield Fault(place(node), node.key, "standards.no_name")
    if node.kind not in KINDS:
        yield Fault(place(node), node.kind, "standards.kind_unknown", {"allowed": ", ".join(KINDS)})
    many = len(node.indicators)
    if many > MOST_INDICATORS:
        yield Fault(place(node), str(many), "standards.too_many_indicators", {"most": MOST_INDICATORS})
    for key in node.levels:
        if key not in levels:
            allowed = ", ".join(sorted(levels)) or "–"
            yield Fault(place(node), key, "standards.level_unknown", {"allowed": allowed})
    yield from _languages(node, node.name, LONGEST_NAME)
    for words in (node.meaning, *node.indicators, *node.levels.values()):
        yield from _languages(node, words, LONGEST_TEXT)


def _languages(node: Node, words: Mapping[str, str], longest: int) -> Iterator[Fault]:
    for language, said in words.items():
        if language not in LANGUAGES:
            facts = {"allowed": ", ".join(LANGUAGES)}
            yield Fault(place(node), language, "standards.language_unknown", facts)
        if len(said) > longest:
            yield Fault(place(node), f"{said[:40]}…", "standards.too_long", {"most": longest})


def _pairs(content: Content) -> Iterator[Fault]:
    for pair in content.pairs:
        if pair.kind not in MATCHES:
            yield Fault(pair.place, pair.kind, "standards.match_unknown", {"allowed": ", ".join(MATCHES)})
        if pair.strength not in STRENGTHS:
            yield Fault(pair.place, str(pair.strength), "standards.strength_unknown", {"allowed": "1, 2, 3"})
        if pair.one == pair.other:
            yield Fault(pair.place, pair.one, "standards.match_itself")
