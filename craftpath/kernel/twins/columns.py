"""Every column that points to a person, asked of the tables themselves, and what is to be done with some of them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models

from craftpath.kernel.people import Person

_TABLE = Path(__file__).with_name("handling.toml")
_AT_ONCE = 100  # tables that one question counts: SQLite takes a few hundred at most


@dataclass(frozen=True)
class Column:
    """A column that points to a person."""

    model: type[models.Model]
    field: Any

    @property
    def label(self) -> str:
        """How its table is called."""
        return self.model._meta.label

    @property
    def name(self) -> str:
        """How `handling.toml` calls it."""
        return f"{self.label}.{self.field.name}"

    @property
    def rows(self) -> models.QuerySet[Any]:
        """All rows of its table, whoever looks: a merge is whole or not at all."""
        return self.model._base_manager.order_by()


@cache
def handling() -> dict[str, dict[str, Any]]:
    """The file as it stands."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def all_columns() -> tuple[Column, ...]:
    """Every column of every table that points to a person."""
    return tuple(
        Column(model, field)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if field.related_model is Person
    )


@cache
def columns() -> tuple[Column, ...]:
    """Those that move with a person."""
    kept = handling()["keeps"]
    return tuple(column for column in all_columns() if column.name not in kept)


def counts(people: Sequence[int]) -> dict[Column, dict[int, int]]:
    """column → person → how many rows; columns without any are left out. A handful of questions for all tables."""
    ids = ", ".join(str(int(pk)) for pk in people)
    quote = connection.ops.quote_name
    found: dict[Column, dict[int, int]] = {}
    if not ids:
        return found
    every = columns()
    for start in range(0, len(every), _AT_ONCE):
        parts = [
            f"SELECT {number}, {quote(one.field.column)}, COUNT(*) FROM {quote(one.model._meta.db_table)} "  # noqa: S608
            f"WHERE {quote(one.field.column)} IN ({ids}) GROUP BY {quote(one.field.column)}"
            for number, one in enumerate(every[start : start + _AT_ONCE], start)
        ]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts))
            for number, person, rows in cursor.fetchall():
                found.setdefault(every[number], {})[person] = rows
    return found
