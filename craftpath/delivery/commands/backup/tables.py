"""Which rows make up a site, and how a value is written so that either database reads it back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps as installed
from django.db import connections, models

BATCH = 5_000
# Who is signed in just now is not a part of the record, and a copy of it would open doors; who works just now is none.
LEFT_OUT = frozenset({"sessions.session", "kernel.lease"})


def tables(apps: Any = installed) -> list[Any]:
    """Every table of ours and of the libraries, by its label."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def columns(model: Any) -> list[models.Field[Any, Any]]:
    """The fields that are stored, by column."""
    fields = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
    return sorted(fields, key=lambda field: field.column)


def lines(model: Any, using: str) -> Iterator[bytes]:
    """The column names, then each row, as a line of JSON each, in order of the key."""
    fields = columns(model)
    yield _line([field.column for field in fields])
    rows = model._base_manager.using(using).order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=BATCH):
        yield _line(row)


def _line(values: Any) -> bytes:
    return json.dumps(values, default=_plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"a {type(value).__name__} has no form in a backup")


def load(model: Any, given: Iterable[bytes], using: str) -> int:
    """Insert the rows of one table as they are, without the defaults and moments that a save would set."""
    connection = connections[using]
    rows = iter(given)
    by_column = {field.column: field for field in columns(model)}
    fields = [by_column[name] for name in json.loads(next(rows))]
    quote = connection.ops.quote_name
    listed = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({listed}) VALUES ({places})"  # noqa: S608
    count = 0
    with connection.cursor() as cursor:
        part: list[list[Any]] = []
        for line in rows:
            part.append(
                [
                    _stored(field, value, connection)
                    for field, value in zip(fields, json.loads(line), strict=True)
                ]
            )
            count += 1
            if len(part) == BATCH:
                cursor.executemany(sql, part)
                part = []
        if part:
            cursor.executemany(sql, part)
    return count


def _stored(field: Any, value: Any, connection: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.ForeignKey):
        return _stored(field.target_field, value, connection)
    if isinstance(field, models.DurationField):
        value = timedelta(seconds=value)
    elif not isinstance(field, models.JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def snapshot_of_sqlite(source: str, target: str) -> None:
    """One moment of a living SQLite file as a file of its own; writers go on meanwhile."""
    living, copy = sqlite3.connect(source, timeout=20), sqlite3.connect(target)
    try:
        living.backup(copy, pages=-1)
    finally:
        copy.close()
        living.close()
