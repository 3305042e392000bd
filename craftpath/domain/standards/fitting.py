"""What a file says, fitted to the framework that it goes into: its own keys, and what the file leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from craftpath.domain.standards.content import Content, Level, Node, Words
from craftpath.domain.standards.tree import ordered
from craftpath.values.text import LANGUAGES

_KEPT = ("publisher", "year", "source", "licence", "address", "wording", "identifier", "uri", "stamp")


def fit(content: Content, before: Content, *, remove: bool = False) -> Content:
    """The file as a version of `before`: an item that is known by its identifier keeps its key, every other key gets
    the prefix, and what the file has nothing for stays as it is. An empty cell never wipes a source.

    With `remove` levels go that are not on the file's scale, as nodes do that are not in the file.
    """
    keys = _keys(content, before)
    levels = tuple(_scale(content, before, remove))
    old = {node.key: node for node in before.nodes}
    scale = {level.key for level in levels}
    nodes = [_node(node, keys, old, scale) for node in content.nodes]
    pairs = tuple(replace(pair, one=keys.get(pair.one, pair.one)) for pair in content.pairs)
    fields: dict[str, Any] = {name: getattr(content, name) or getattr(before, name) for name in _KEPT}
    for name in ("name", "about", "carried"):
        fields[name] = {**getattr(before, name), **getattr(content, name)}
    if levels:
        fields["levels_by"] = content.levels_by or before.levels_by or "own"
    same = {name: getattr(before, name) for name in ("key", "version", "prefix", "state")}
    tree = tuple(ordered([*_above(nodes, old), *nodes]))
    return replace(content, **same, **fields, levels=levels, nodes=tree, pairs=pairs)


def whole(fitted: Content, before: Content, *, remove: bool = False) -> Content:
    """The version as it is once the file is in: with everything that the file does not mention, unless `remove`."""
    if remove:
        return fitted
    here = {node.key for node in fitted.nodes}
    rest = [node for node in before.nodes if node.key not in here]
    return replace(fitted, nodes=tuple(ordered([*fitted.nodes, *rest])))


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


def _scale(content: Content, before: Content, remove: bool) -> list[Level]:
    """The scale of the file, and what it leaves out of the one that is there.

    Heads of columns name levels and no more: order and words stay those of the scale that is there.
    """
    if not content.levels:
        return list(before.levels)
    if content.scale_from_heads:
        return _joined(before.levels, content.levels)
    known = {level.key: level for level in before.levels}
    given = [_level(level, known.get(level.key)) for level in content.levels]
    return given if remove else _joined(given, before.levels)


def _level(given: Level, old: Level | None) -> Level:
    if old is None:
        return given
    return replace(given, name={**old.name, **given.name}, meaning={**old.meaning, **given.meaning})


def _joined(first: Sequence[Level], second: Sequence[Level]) -> list[Level]:
    """The first scale, each further level of the second behind the one that it follows there; strange ones last."""
    found = list(first)
    keys = [level.key for level in found]
    at = min((keys.index(level.key) for level in second if level.key in keys), default=len(keys))
    for level in second:
        if level.key in keys:
            at = keys.index(level.key) + 1
        else:
            found.insert(at, level)
            keys.insert(at, level.key)
            at += 1
    return found


def _node(node: Node, keys: Mapping[str, str], olds: Mapping[str, Node], scale: set[str]) -> Node:
    made = replace(node, key=keys[node.key], parent=keys.get(node.parent, node.parent))
    old = olds.get(made.key)
    if old is None:
        return made
    fields: dict[str, Any] = {
        "identifier": old.identifier or node.identifier,
        "uri": node.uri or old.uri,
        "stamp": node.stamp or old.stamp,
        "carried": {**old.carried, **node.carried},
    }
    if node.mentions is not None:
        fields |= _unmentioned(made, old, node.mentions, scale)
    return replace(made, **fields)


def _unmentioned(new: Node, old: Node, said: frozenset[str], scale: set[str]) -> dict[str, Any]:
    """Every field as the file has it where it speaks of it, else as it was."""
    found: dict[str, Any] = {
        name: getattr(old, name) for name in ("parent", "kind", "code") if name not in said
    }
    for name in ("name", "meaning", "hints"):
        found[name] = _sides(getattr(new, name), getattr(old, name), f"{name}_", said)
    nothing: Words = {}
    lines = zip_longest(new.indicators, old.indicators, fillvalue=nothing)
    indicators = [_sides(one, other, "indicators_", said) for one, other in lines]
    found["indicators"] = tuple(line for line in indicators if line)
    if "levels" not in said:
        texts = {
            key: _sides(new.levels.get(key, {}), old.levels.get(key, {}), f"level:{key}:", said)
            for key in dict.fromkeys([*old.levels, *new.levels])
            if key in new.levels or key in scale
        }
        found["levels"] = {key: words for key, words in texts.items() if words}
    return found


def _sides(
    new: Mapping[str, Any], old: Mapping[str, Any], start: str, said: frozenset[str]
) -> dict[str, Any]:
    """Each language from where the file speaks of it, else from what was there."""
    found = {one: (new if f"{start}{one}" in said else old).get(one) for one in LANGUAGES}
    return {language: words for language, words in found.items() if words}


def _above(nodes: Sequence[Node], olds: Mapping[str, Node]) -> Iterator[Node]:
    """What nodes go on hanging on although the file does not name it."""
    here = {node.key for node in nodes}
    for node in nodes:
        above = node.parent if node.mentions is not None and "parent" not in node.mentions else ""
        while above and above not in here:
            here.add(above)
            yield olds[above]
            above = olds[above].parent
