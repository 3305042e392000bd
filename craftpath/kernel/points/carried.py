"""Which tables travel between sites, which way, and how their rows belong to a place."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

from craftpath.kernel.whose import Unique, uniques

_TABLE = Path(__file__).with_name("carried.toml")
_OWN = ("organisation", "enrolment", "cohort", "host")
"""Columns by which a row belongs to a place, the strongest first."""


class Way(StrEnum):
    """Who writes rows that travel."""

    DOWN = "down"
    BOTH = "both"
    UP = "up"


@dataclass(frozen=True)
class Carried:
    """A table that travels: `fields` are its columns but the key, `owner` the row by which it belongs to a place.

    `groups` gives for each column the number of its group: columns that a check of the database names together are
    written together, so that no merged row can break a check that each of the two sides kept.
    """

    model: type[models.Model]
    way: Way
    fields: tuple[Any, ...]
    owner: str
    groups: tuple[int, ...]

    @property
    def label(self) -> str:
        """How bundles name it."""
        return self.model._meta.label

    @property
    def relations(self) -> tuple[Any, ...]:
        """Its foreign keys."""
        return tuple(field for field in self.fields if field.is_relation)

    @property
    def own_key(self) -> bool:
        """Whether its key is the same at every site (a UUID), so that it needs no other name."""
        return not isinstance(self.model._meta.pk, models.AutoField)

    @property
    def uniques(self) -> tuple[Unique, ...]:
        """What may stand once: rows of two sites that agree in it are the same thing."""
        return uniques(self.model)


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """The file as it stands."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def carried() -> dict[str, Carried]:
    """Every table that travels, by its label, each after those that it points to."""
    ways: dict[str, Way] = {}
    for way in Way:
        part = table()[way.value]
        for noun in part.get("nouns", []):
            for model in apps.get_app_config(noun).get_models(include_auto_created=True):
                ways[model._meta.label] = way
        for label in part.get("models", []):
            ways[apps.get_model(label)._meta.label] = way
    found = {label: _carried(apps.get_model(label), way) for label, way in ways.items()}
    return {label: found[label] for label in _in_order(found)}


def reach(kind: str) -> frozenset[str]:
    """Labels (or nouns, of `whole`) whose rows travel otherwise than others."""
    return frozenset(table()["reach"][kind])


def rooms() -> tuple[str, ...]:
    """Modules whose verbs people may use at a point."""
    return tuple(f"craftpath.{room}" for room in table()["writes"]["rooms"])


@cache
def schema_print() -> str:
    """A digest of the tables that travel: two sites with the same one understand each other's rows."""
    told = [
        (
            one.label,
            one.way.value,
            [(field.attname, type(field).__name__) for field in one.fields],
            one.groups,
        )
        for one in carried().values()
    ]
    return hashlib.sha256(repr(sorted(told)).encode()).hexdigest()[:16]


def _carried(model: type[models.Model], way: Way) -> Carried:
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    return Carried(model, way, fields, _owner(model, fields), _groups(model, fields))


def _owner(model: type[models.Model], fields: tuple[Any, ...]) -> str:
    """The column by which its rows belong to a place; "" for rows that are taken along by others only."""
    named = {field.name: field for field in fields if field.is_relation}
    for name in _OWN:
        if name in named and not (named[name].null and _parent(model, fields)):
            return name
    return _parent(model, fields) or ("person" if "person" in named else "")


def _parent(model: type[models.Model], fields: tuple[Any, ...]) -> str:
    same = (
        field.name
        for field in fields
        if field.is_relation
        and not field.null
        and field.related_model._meta.app_label == model._meta.app_label
        and field.related_model is not model
        and model._meta.app_label != "kernel"
    )
    return next(same, "")


def _groups(model: type[models.Model], fields: tuple[Any, ...]) -> tuple[int, ...]:
    place = {field.name: number for number, field in enumerate(fields)}
    group = list(range(len(fields)))
    for constraint in model._meta.constraints:
        condition = getattr(constraint, "condition", None)
        if condition is None:
            continue
        named = sorted({place[name] for name in _names(condition) if name in place})
        for other in named[1:]:
            old, new = group[other], group[named[0]]
            group = [new if one == old else one for one in group]
    return tuple(group)


def _names(node: Any) -> Iterator[str]:
    """Columns that a condition speaks of."""
    if isinstance(node, models.Q):
        for child in node.children:
            if isinstance(child, tuple):
                yield child[0].split("__")[0]
                child = child[1]
            yield from _names(child)
    elif isinstance(node, models.F):
        yield node.name.split("__")[0]
    elif hasattr(node, "get_source_expressions"):
        for child in node.get_source_expressions():
            yield from _names(child)


def _in_order(found: dict[str, Carried]) -> list[str]:
    order: list[str] = []
    waiting = dict(found)
    while waiting:
        ready = [
            label
            for label, one in waiting.items()
            if not any(
                field.related_model._meta.label in waiting and field.related_model is not one.model
                for field in one.relations
            )
        ]
        # Tables that point at each other in a ring come in the order in which they are named.
        for label in ready or [next(iter(waiting))]:
            order.append(label)
            del waiting[label]
    return order
