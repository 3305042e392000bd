"""Many rows from rows that are there already, in one statement: the figures never leave the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def insert_from(model: type[models.Model], columns: Sequence[str], source: models.QuerySet[Any, Any]) -> int:
    """Insert what `source` (a `values_list` of the same order as `columns`) selects; returns how many rows.

    `columns` are field names. Defaults of the model play no part: every column without one in the database
    must be named. The caller has opened the transaction.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(model._meta.get_field(column).column)) for column in columns)  # type: ignore[union-attr]
    selected, values = source.query.sql_with_params()
    target = f"{quote(model._meta.db_table)} ({names})"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {target} {selected}", values)  # noqa: S608  (names of our own model)
        return int(cursor.rowcount)
