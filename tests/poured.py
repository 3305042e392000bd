"""What many tests begin with is made once in a process; later ones get its rows poured in, a tenth of the wait.

Only inside a transaction that is rolled back, and only into the very database that it was made in: with the rows
that it had then, and on the day on which it was made. Anywhere else it is made again.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.utils import timezone

T = TypeVar("T")
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


@dataclass(frozen=True)
class Kept:
    """How many rows each table had before, the rows that were added, and what the maker gave, pickled."""

    before: dict[str, int]
    added: Rows
    given: bytes


Place = tuple[str, str, date]  # what was made, in which database, on which day: tests live on more than one
_KEPT: dict[Place, Kept | None] = {}


def once(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, and its rows in the database."""
    if not connection.in_atomic_block:
        return make()
    place = name, str(connection.settings_dict["NAME"]), timezone.now().date()
    if place not in _KEPT:
        return _made(place, make)
    kept = _KEPT[place]
    if kept is None or _counts() != kept.before:
        return make()
    pour(kept.added)
    given: T = pickle.loads(kept.given)  # noqa: S301  # written by this very process
    return given


def _made(place: Place, make: Callable[[], T]) -> T:
    before, counted = table_rows(), _counts()
    given = make()
    after = table_rows()
    _KEPT[place] = None
    old = {table: set(rows) for table, (_, rows) in before.items()}
    if all(
        old[table] <= set(rows) for table, (_, rows) in after.items()
    ):  # nothing that was there is altered
        added = {
            table: (columns, [row for row in rows if row not in old[table]])
            for table, (columns, rows) in after.items()
            if len(rows) > len(old[table])
        }
        _KEPT[place] = Kept(counted, added, pickle.dumps(given))
    return given


AT_ONCE = 2_000  # values of one statement; SQLite takes 32,766


def pour(rows: Rows) -> None:
    """Put rows into their tables as they were read, many with one statement.

    Hundreds of tables point to a person. SQLite is ready for all of them before each statement, and looks into all
    of them while a pointer leads nowhere: hence few statements, and what others point to first.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in sorted(rows, key=_places().__getitem__):
            columns, values = rows[table]
            names, one = ", ".join(map(quote, columns)), f"({', '.join(['%s'] * len(columns))})"
            for some in batched(values, max(1, AT_ONCE // len(columns))):
                places = ", ".join([one] * len(some))
                given = [value for row in some for value in row]
                cursor.execute(f"INSERT INTO {quote(table)} ({names}) VALUES {places}", given)


def batched(rows: list[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    """Parts of a list of at most so many rows."""
    for first in range(0, len(rows), size):
        yield rows[first : first + size]


def table_rows() -> Rows:
    """Every table's columns and rows, as the database gives them."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = [column[0] for column in cursor.description or ()], cursor.fetchall()
    return found


def _counts() -> dict[str, int]:
    quote = connection.ops.quote_name
    parts = [f"SELECT '{table}', count(*) FROM {quote(table)}" for table in _tables()]
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for first in range(0, len(parts), 100):
            cursor.execute(" UNION ALL ".join(parts[first : first + 100]))
            found.update(cursor.fetchall())
    return found


@cache
def _places() -> dict[str, int]:
    """table → its place in an order in which whatever is pointed to comes before what points to it."""
    found: dict[str, int] = {}
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}

    def visit(table: str, on_the_way: frozenset[str]) -> None:
        if table in found or table in on_the_way:
            return
        for field in models[table]._meta.local_concrete_fields if table in models else ():
            if field.remote_field is not None:
                visit(field.related_model._meta.db_table, on_the_way | {table})
        found[table] = len(found)

    for table in [*models, *_tables()]:
        visit(table, frozenset())
    return found


_TABLES: dict[str, list[str]] = {}


def _tables() -> list[str]:
    name = str(connection.settings_dict["NAME"])
    if name not in _TABLES:
        # The index of what can be found is written from the rows themselves, and its full text by the database.
        names = connection.introspection.table_names()
        _TABLES[name] = sorted(one for one in names if not one.startswith("kernel_search"))
    return _TABLES[name]
