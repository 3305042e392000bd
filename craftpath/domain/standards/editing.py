"""Skills of a draft by hand: added, changed, moved, taken out, and the scale that they are described on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.text import slugify

from craftpath.domain.standards.checking import check
from craftpath.domain.standards.content import Level, Node, stamped
from craftpath.domain.standards.drafting import held
from craftpath.domain.standards.facts import FrameworkChanged
from craftpath.domain.standards.models import Framework, Skill
from craftpath.domain.standards.rows import content_of, lay, level_rows, restamped
from craftpath.domain.standards.tree import MOVES, in_order, moved, within
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Refused, not_now, require

LONGEST_OWN = 38


@action
def add_node(framework: Framework, node: Node, *, by: Actor, at: datetime) -> Node:
    """Hang a domain or a skill under its parent, after its siblings; the same `identifier` again adds nothing.

    An empty key is made from the name; it never changes afterwards, since other rows keep it.
    """
    row = held(framework, by)
    content = content_of(row)
    same = [one for one in content.nodes if node.identifier and one.identifier == node.identifier]
    if same:
        return same[0]
    made = replace(node, key=_own_key(row, node), stamp=stamped(at))
    _keep(row, [*content.nodes, made], made.key, by=by, at=at)
    return made


def _own_key(row: Framework, node: Node) -> str:
    """A key that says one skill on this site: the prefix, and the Latin name or a number."""
    start = f"{row.prefix}-" if row.prefix else ""
    word = slugify(Text.of(node.name).en).replace("-", "_")[:LONGEST_OWN].strip("_")
    rows = (
        Skill.objects.filter(key__startswith=start) if start else Skill.objects.filter(framework__prefix="")
    )
    taken = set(rows.values_list("key", flat=True))
    if word and start + word not in taken:
        return start + word
    n = 1
    while f"{start}{word or 's'}{n}" in taken:
        n += 1
    return f"{start}{word or 's'}{n}"


@action
def change_node(framework: Framework, key: str, *, by: Actor, at: datetime, **fields: Any) -> Node:
    """Change what a node says. What is said already changes nothing."""
    row = held(framework, by)
    nodes = content_of(row).nodes
    node = _node(nodes, key)
    if all(getattr(node, name) == value for name, value in fields.items()):
        return node
    changed = restamped(node, at, **fields)
    _keep(row, [changed if one.key == key else one for one in nodes], key, by=by, at=at)
    return changed


@action
def move_node(framework: Framework, key: str, *, move: str, by: Actor, at: datetime) -> None:
    """Move a node with everything under it: up, down, in under the one before it, or out beside its parent."""
    if move not in MOVES:
        raise Refused(not_now("standards.move_unknown"))
    row = held(framework, by)
    nodes = content_of(row).nodes
    _node(nodes, key)
    after = moved(nodes, key, move)
    if tuple(after) != nodes:
        _keep(row, after, key, by=by, at=at)


@action
def remove_node(framework: Framework, key: str, *, by: Actor, at: datetime) -> int:
    """Take a node out of a draft with everything under it; returns how many went. One that is gone is no fault."""
    row = held(framework, by)
    nodes = content_of(row).nodes
    gone = {one.key for one in within(nodes, key)}
    if gone:
        lay(row, [one for one in nodes if one.key not in gone], at=at)
        _told(row, key, by=by, at=at)
    return len(gone)


@action
def set_levels(
    framework: Framework, levels: Sequence[Level], *, levels_by: str, by: Actor, at: datetime
) -> Framework:
    """Set the scale of a draft; a level that goes takes its descriptions with it."""
    row = held(framework, by)
    content = replace(content_of(row), levels=tuple(levels), levels_by=levels_by if levels else "")
    known = {level.key for level in levels}
    nodes = [_on_scale(node, known, at) for node in content.nodes]
    require_whole(replace(content, nodes=tuple(nodes)))
    row.levels, row.levels_by, row.stamp = level_rows(levels), content.levels_by, stamped(at)
    row.save(update_fields=["levels", "levels_by", "stamp"])
    lay(row, nodes, at=at)
    _told(row, "", by=by, at=at)
    return row


def _on_scale(node: Node, known: set[str], at: datetime) -> Node:
    kept = {key: words for key, words in node.levels.items() if key in known}
    return node if len(kept) == len(node.levels) else restamped(node, at, levels=kept)


def _node(nodes: Sequence[Node], key: str) -> Node:
    for node in nodes:
        if node.key == key:
            return node
    raise Refused(not_now("standards.node_gone", key=key))


def _keep(row: Framework, nodes: Sequence[Node], what: str, *, by: Actor, at: datetime) -> None:
    require_whole(replace(content_of(row), nodes=tuple(nodes)))
    lay(row, in_order(nodes), at=at)
    _told(row, what, by=by, at=at)


def require_whole(content: Any) -> None:
    """Refuse with the first fault."""
    faults = check(content)
    first = faults[0] if faults else None
    require(not_now(first.code, given=first.given, place=first.place, **first.facts) if first else YES)


def _told(row: Framework, what: str, *, by: Actor, at: datetime) -> None:
    told = FrameworkChanged(key=row.key, version=row.version, what=what)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
