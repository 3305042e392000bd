"""Frameworks that come with the program: taken in whole, and on older sites filled up without losing an edit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from importlib import resources
from typing import Any

from craftpath.domain.standards.content import Content, Level, Node, named, stamped
from craftpath.domain.standards.facts import FrameworkLoaded
from craftpath.domain.standards.models import Crosswalk, Framework, Skill
from craftpath.domain.standards.rows import about_columns, content_of, lay
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

CROSSWALKS = "crosswalks.toml"
_FILLED = ("about", "publisher", "year", "source", "licence", "address", "levels", "levels_by")
_FILLED_OF_NODE = ("meaning", "indicators", "levels", "hints")


def tables() -> Iterator[dict[str, Any]]:
    """The files of frameworks, by their names."""
    folder = resources.files("craftpath.domain.standards") / "presets"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml") and entry.name != CROSSWALKS:
            yield tomllib.loads(entry.read_text("utf-8"))


def content_from(table: Mapping[str, Any]) -> Content:
    """A file as a value: its domains in their order, each with its skills."""
    nodes = []
    for row in table["domain"]:
        nodes.append(_node(row, "domain", ""))
        nodes += [_node(one, "skill", row["key"]) for one in table["skill"] if one["domain"] == row["key"]]
    levels = tuple(Level(row["key"], row["name"], row.get("meaning", {})) for row in table.get("level", ()))
    said = {name: table[name] for name in ("key", "version", "name", "publisher", "year", "source")}
    more = {name: table.get(name, "") for name in ("prefix", "licence", "address", "levels_by")}
    return Content(
        **said, **more, about=table.get("about", {}), wording=table.get("wording", "own"), levels=levels,
        nodes=tuple(nodes), identifier=named(table["key"], table["version"]),
    )  # fmt: skip


def _node(row: Mapping[str, Any], kind: str, parent: str) -> Node:
    fields = {
        name: row[name] for name in ("key", "name", "meaning", "levels", "hints", "code") if name in row
    }
    return Node(kind=kind, parent=parent, indicators=tuple(row.get("indicators", ())), **fields)


@action
def load_frameworks(*, by: Actor, at: datetime) -> None:
    """Take in every framework that comes with the program, and how they lie to one another.

    One that is there already keeps what it has; what it has nothing for yet is filled in.
    """
    require(by.may(Permission.EDIT_FRAMEWORKS))
    for table in tables():
        content = content_from(table)
        row = Framework._base_manager.filter(key=content.key, version=content.version).first()
        if row is None:
            _take(content, by=by, at=at)
        else:
            _fill(row, content, at=at)
    _load_crosswalks(at=at)


def _take(content: Content, *, by: Actor, at: datetime) -> None:
    row = Framework(
        key=content.key, version=content.version, prefix=content.prefix, state="published",
        identifier=content.identifier, stamp=stamped(at), **about_columns(content),
    )  # fmt: skip
    newer = Framework._base_manager.filter(key=content.key, state="published")
    if newer.exists():
        row.state = "retired"
    row.save()
    lay(row, content.nodes, at=at)
    skills = sum(node.kind == "skill" for node in content.nodes)
    tell(FrameworkLoaded(key=row.key, version=row.version, skills=skills), by=by, at=at)


def _fill(row: Framework, content: Content, *, at: datetime) -> None:
    """Fill what is empty, add nodes that are missing; a word that somebody wrote stays."""
    columns = about_columns(content)
    empty = [name for name in _FILLED if not getattr(row, name) and columns[name]]
    for name in empty:
        setattr(row, name, columns[name])
    if empty:
        row.save(update_fields=empty)
    kept = content_of(row)
    theirs = {node.key: node for node in content.nodes}
    old = [
        _filled(node, theirs.get(node.key), "levels" in empty or kept.levels == content.levels)
        for node in kept.nodes
    ]
    known = {node.key for node in old}
    new = [node for node in content.nodes if node.key not in known]
    if new or any(node is not one for node, one in zip(old, kept.nodes, strict=True)):
        lay(row, [*old, *new], at=at)


def _filled(node: Node, preset: Node | None, same_scale: bool) -> Node:
    if preset is None:
        return node
    fields = {
        name: getattr(preset, name)
        for name in _FILLED_OF_NODE
        if not getattr(node, name) and getattr(preset, name) and (name != "levels" or same_scale)
    }
    return replace(node, **fields) if fields else node


def _load_crosswalks(*, at: datetime) -> None:
    text = (resources.files("craftpath.domain.standards") / "presets" / CROSSWALKS).read_text("utf-8")
    table = tomllib.loads(text)
    turned = {"exact": "exact", "related": "related", "broader": "narrower", "narrower": "broader"}
    of = dict(Skill.objects.filter(framework__organisation=None).values_list("key", "framework__key"))
    rows = []
    for one, kind, other, strength in table["pairs"]:
        if one > other:
            one, other, kind = other, one, turned[kind]
        rows.append(
            Crosswalk(
                one=one,
                other=other,
                one_framework=of[one],
                other_framework=of[other],
                kind=kind,
                strength=strength,
                identifier=named("pair", one, other),
                stamp=stamped(at),
            )  # fmt: skip
        )
    known = set(Crosswalk._base_manager.filter(organisation=None).values_list("one", "other"))
    Crosswalk._base_manager.bulk_create(row for row in rows if (row.one, row.other) not in known)
