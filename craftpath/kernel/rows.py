"""Many rows in few statements: from rows that are there already, or from plain values without an object for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

NAMED = 900  # values in one ordinary statement; more do not fit everywhere
AT_ONCE = 10_000  # rows of one statement


def insert_from(model: type[models.Model], columns: Sequence[str], source: models.QuerySet[Any, Any]) -> int:
    """Insert what `source` (a `values_list` of the same order as `columns`) selects; returns how many rows.

    `columns` are field names. Defaults of the model play no part: every column without one in the database
    must be named. The caller has opened the transaction.
    """
    names = ", ".join(_quoted(_fields(model, columns)))
    try:
        selected, values = source.query.sql_with_params()
    except EmptyResultSet:  # known without asking, such as among none
        return 0
    target = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {target} {selected}", values)  # noqa: S608  (names of our own model)
        return int(cursor.rowcount)


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    same: Mapping[str, Any] | None = None,
) -> None:
    """Insert plain rows; `columns` are field names, `same` gives the columns that hold one value in all rows.

    A foreign key is given by its id. Defaults of the model play no part, as above, and nothing is checked but by
    the database. The caller has opened the transaction.
    """
    same = same or {}
    fields = _fields(model, (*columns, *same))
    target = f"{connection.ops.quote_name(model._meta.db_table)} ({', '.join(_quoted(fields))})"
    for some in _prepared(fields, rows, tuple(same.values())):
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql" or len(some) <= NAMED // len(fields):
                _insert(cursor, target, some)
                continue
            with connection.wrap_database_errors, cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in some:
                    copy.write_row(row)


def insert_objects(rows: Sequence[models.Model]) -> None:
    """Insert new objects of one model, as `bulk_create` does, which still does it for a few.

    Of many the objects know their ids only if the model has public ids.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    if len(rows) <= NAMED // len(fields):
        model._base_manager.bulk_create(rows)
        return
    for field in fields:
        if type(field).pre_save is not models.Field.pre_save:  # such as a moment that is now
            for row in rows:
                field.pre_save(row, True)
    values = attrgetter(*(field.attname for field in fields))
    insert_rows(model, [field.name for field in fields], map(values, rows))
    if not any(field.name == "public_id" for field in fields):
        return
    by_id = {getattr(row, "public_id"): row for row in rows}  # noqa: B009  (not every model has one)
    names = list(by_id)
    for start in range(0, len(names), NAMED):
        some = model._base_manager.filter(public_id__in=names[start : start + NAMED])
        for public_id, pk in some.values_list("public_id", "pk"):
            row = by_id[public_id]
            row.pk, row._state.adding, row._state.db = pk, False, connection.alias


def upsert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    same: Mapping[str, Any],
    *,
    unique: Sequence[str],
) -> None:
    """The same, over rows that have the same `unique` columns already; JSON is given as text.

    No row may stand twice in `rows`.
    """
    fields, keys = _fields(model, (*columns, *same)), _fields(model, unique)
    names = _quoted(fields)
    anew = ", ".join(f"{name} = excluded.{name}" for name in names if name not in _quoted(keys))
    target = f"{connection.ops.quote_name(model._meta.db_table)} ({', '.join(names)})"
    conflict = f"ON CONFLICT ({', '.join(_quoted(keys))}) DO UPDATE SET {anew}"
    for some in _prepared(fields, rows, tuple(same.values()), json_as_text=True):
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql" or len(some) <= NAMED // len(fields):
                _insert(cursor, target, some, conflict)
                continue
            # One statement for all of them: for each alone the way there and back would cost more than its work.
            kinds = [_kind(field) for field in fields]
            taken = ", ".join(f"c{n}::{kind}" for n, kind in enumerate(kinds))
            named = ", ".join(f"c{n} {'text' if kind == 'jsonb' else kind}" for n, kind in enumerate(kinds))
            sent = json.dumps([{f"c{n}": value for n, value in enumerate(row)} for row in some], default=str)
            source = f"SELECT {taken} FROM json_to_recordset(%s) AS given({named})"  # noqa: S608
            cursor.execute(f"INSERT INTO {target} {source} {conflict}", [sent])


def _insert(cursor: Any, target: str, rows: Sequence[tuple[Any, ...]], conflict: str = "") -> None:
    """A few rows by one statement, many by one that is prepared once and run for each."""
    places = f"({', '.join(['%s'] * len(rows[0]))})"
    if len(rows) <= NAMED // len(rows[0]):
        values = ", ".join([places] * len(rows))
        sql = f"INSERT INTO {target} VALUES {values} {conflict}"  # noqa: S608  (names of our own model)
        cursor.execute(sql, [value for row in rows for value in row])
    else:
        cursor.executemany(f"INSERT INTO {target} VALUES {places} {conflict}", rows)  # noqa: S608


def _fields(model: type[models.Model], names: Iterable[str]) -> list[models.Field[Any, Any]]:
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]


def _quoted(fields: Iterable[models.Field[Any, Any]]) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields]


def _kind(field: models.Field[Any, Any]) -> str:
    """The column's type without its bounds, which the column itself keeps."""
    kind = str(field.db_type(connection)).partition("(")[0]
    return "text" if kind == "varchar" else kind


def _prepared(
    fields: Sequence[models.Field[Any, Any]],
    rows: Iterable[Sequence[Any]],
    same: tuple[Any, ...],
    *,
    json_as_text: bool = False,
) -> Iterator[list[tuple[Any, ...]]]:
    """Batches of rows as the driver takes them. Texts, whole numbers and truths are taken as they are."""
    first_same = len(fields) - len(same)
    alike = tuple(_preparer(field)(value) for field, value in zip(fields[first_same:], same, strict=True))
    special = [
        (n, _preparer(field))
        for n, field in enumerate(fields[:first_same])
        if not _as_it_is(field) and not (json_as_text and isinstance(field, models.JSONField))
    ]
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        cells: list[Iterable[Any]] = list(zip(*some, strict=True))
        for n, prepare in special:
            cells[n] = map(prepare, cells[n])
        yield [(*row, *alike) for row in zip(*cells, strict=True)]


_AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
)


def _as_it_is(field: models.Field[Any, Any]) -> bool:
    """Whether its values go to the driver unchanged; a foreign key's are those of what it points at."""
    own = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(own, models.UUIDField):
        return bool(connection.features.has_native_uuid_field)
    return isinstance(own, _AS_THEY_ARE)


def _preparer(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a value of this field goes to the driver; each different one is prepared once."""
    known: dict[Any, Any] = {}

    def prepared(value: Any) -> Any:
        try:
            if value not in known:
                known[value] = field.get_db_prep_save(value, connection)
        except TypeError:  # a list or dict, for JSON
            return field.get_db_prep_save(value, connection)
        return known[value]

    return prepared
