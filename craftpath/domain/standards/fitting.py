"""What a file says, fitted to the framework that it goes into: its own keys, and what the file leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from craftpath.domain.standards.content import Content, Node

_KEPT = ("publisher", "year", "source", "licence", "address")


def fit(content: Content, before: Content) -> Content:
    """The file as a version of `before`: an item that is known by its identifier keeps its key, every other key gets
    the prefix, and what the file has nothing for stays as it is. An empty cell never wipes a source.
    """
    keys = _keys(content, before)
    nodes = tuple(_node(node, keys) for node in content.nodes)
    pairs = tuple(replace(pair, one=keys.get(pair.one, pair.one)) for pair in content.pairs)
    fields: dict[str, Any] = {name: getattr(content, name) or getattr(before, name) for name in _KEPT}
    for name in ("name", "about"):
        fields[name] = (
            getattr(content, name) if any(getattr(content, name).values()) else getattr(before, name)
        )
    if not content.levels:
        fields |= {"levels": before.levels, "levels_by": before.levels_by}
    same = {name: getattr(before, name) for name in ("key", "version", "prefix", "state")}
    return replace(content, **same, **fields, nodes=nodes, pairs=pairs)


def _keys(content: Content, before: Content) -> dict[str, str]:
    """Key in the file → key here."""
    known = {node.identifier: node.key for node in before.nodes if node.identifier}
    here = {node.key for node in before.nodes}
    found = {}
    for node in content.nodes:
        own = known.get(node.identifier, "")
        found[node.key] = own or (
            node.key if node.key in here else rekeyed(node.key, content.prefix, before.prefix)
        )
    return found


def rekeyed(key: str, old: str, new: str) -> str:
    """A key with another prefix; a hyphen stands only behind one."""
    local = key.removeprefix(f"{new}-") if new else key
    local = local.removeprefix(f"{old}-") if old else local
    return f"{new}-{local.replace('-', '_')}" if new else local.replace("-", "_")


def _node(node: Node, keys: Mapping[str, str]) -> Node:
    return replace(node, key=keys[node.key], parent=keys.get(node.parent, node.parent))
