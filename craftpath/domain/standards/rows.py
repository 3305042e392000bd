"""Rows and values: a framework read whole, and written whole with as few statements as there are levels of depth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from craftpath.domain.standards.content import (
    ABOUT,
    EXCHANGED,
    OF_NODE,
    Content,
    Level,
    Node,
    Pair,
    named,
    stamped,
)
from craftpath.domain.standards.models import Crosswalk, Framework, Skill
from craftpath.domain.standards.tree import depths, in_order, tops

_WRITTEN = [name for name in OF_NODE if name != "parent"]
_COLUMNS = [*_WRITTEN, *EXCHANGED, "parent", "order", "depth", "domain", "domain_name"]


def level_rows(levels: Sequence[Level]) -> list[dict[str, Any]]:
    """A scale as its column keeps it."""
    return [{"key": one.key, "name": dict(one.name), "meaning": dict(one.meaning)} for one in levels]


def levels_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Level, ...]:
    """A scale from its column."""
    return tuple(Level(row["key"], row.get("name", {}), row.get("meaning", {})) for row in rows)


def nodes_of(framework: Framework) -> list[Node]:
    """The nodes of a version in order; one query."""
    rows = list(Skill.objects.filter(framework=framework).order_by("order"))
    keys = {row.pk: row.key for row in rows}
    return [node_of(row, keys.get(row.parent_id or 0, "")) for row in rows]


def node_of(row: Skill, parent: str) -> Node:
    """A row as a value."""
    same = {name: getattr(row, name) for name in ("kind", "name", "meaning", "levels", "hints", "code")}
    exchanged = {name: getattr(row, name) for name in EXCHANGED}
    return Node(key=row.key, parent=parent, indicators=tuple(row.indicators), **same, **exchanged)


def pair_of(row: Crosswalk) -> Pair:
    """A row of a crosswalk as a value."""
    return Pair(row.one, row.other, row.kind, row.strength, row.identifier, row.stamp, row.carried)


def content_of(framework: Framework, pairs: Sequence[Pair] = ()) -> Content:
    """A version with everything in it; one query, and none for the pairs, which the caller has read."""
    same = {name: getattr(framework, name) for name in ABOUT if name != "levels"}
    exchanged = {name: getattr(framework, name) for name in EXCHANGED}
    return Content(
        key=framework.key,
        version=framework.version,
        prefix=framework.prefix,
        state=framework.state,
        levels=levels_of(framework.levels),
        nodes=tuple(nodes_of(framework)),
        pairs=tuple(pairs),
        **same,
        **exchanged,
    )


def lay(framework: Framework, nodes: Sequence[Node], *, at: datetime) -> None:
    """Write these nodes as the whole tree of a version; only what differs is touched, what is not among them goes."""
    kept = {row.key: row for row in Skill.objects.filter(framework=framework)}
    wanted = in_order(nodes)
    gone = set(kept) - {node.key for node in wanted}
    if gone:
        # A child that stays has another parent by now, but its row still points at the old one.
        Skill.objects.filter(framework=framework, parent__key__in=gone).exclude(key__in=gone).update(
            parent=None
        )
        Skill.objects.filter(framework=framework, key__in=gone).delete()
    _write(framework, wanted, {key: row for key, row in kept.items() if key not in gone}, at)


def _write(framework: Framework, wanted: Sequence[Node], rows: dict[str, Skill], at: datetime) -> None:
    deep, top = depths(wanted), tops(wanted)
    order = {node.key: n for n, node in enumerate(wanted, start=1)}
    changed: list[Skill] = []
    for depth in range(max(deep.values(), default=-1) + 1):
        new = []
        for node in wanted:
            if deep[node.key] != depth:
                continue
            values = _values(framework, node, top[node.key], at, rows.get(node.key))
            values |= {"order": order[node.key], "depth": depth}
            values["parent_id"] = rows[node.parent].pk if node.parent else None
            if node.key not in rows:
                new.append(Skill(framework=framework, key=node.key, **values))
            elif _takes(rows[node.key], values):
                changed.append(rows[node.key])
        rows |= {row.key: row for row in Skill.objects.bulk_create(new, batch_size=500)}
    Skill.objects.bulk_update(changed, _COLUMNS, batch_size=200)


def _takes(row: Skill, values: Mapping[str, Any]) -> bool:
    """Set what differs; whether anything did."""
    differs = [name for name, value in values.items() if getattr(row, name) != value]
    for name in differs:
        setattr(row, name, values[name])
    return bool(differs)


def _values(framework: Framework, node: Node, top: Node, at: datetime, row: Skill | None) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(node, name) for name in _WRITTEN}
    values["indicators"] = [dict(one) for one in node.indicators]
    values["levels"] = {key: dict(words) for key, words in node.levels.items()}
    values |= {name: dict(values[name]) for name in ("name", "meaning", "hints")}
    values["identifier"] = node.identifier or named(framework.key, node.key)
    # Where it is published stays what it was: a file that went out from here comes back with our own address.
    values["uri"], values["carried"] = row.uri if row else node.uri, dict(node.carried)
    values["stamp"] = node.stamp or (row.stamp if row else stamped(at))
    # A skill at the top without a domain over it stands for itself.
    values["domain"], values["domain_name"] = top.key, dict(top.name)
    return values


def about_columns(content: Content) -> dict[str, Any]:
    """What a version says of itself, as its columns keep it."""
    values: dict[str, Any] = {name: getattr(content, name) for name in ABOUT}
    values["levels"] = level_rows(content.levels)
    return values | {"name": dict(content.name), "about": dict(content.about)}


def restamped(node: Node, at: datetime, **changes: Any) -> Node:
    """A node with something changed, and the moment of the change."""
    return replace(node, stamp=stamped(at), **changes)
