"""Questions that come with every request: their SQL is put together once, and then only the values change.

To put a query together costs Django several times what it costs the database to answer it. That is worth sparing where
programs ask a hundred times a second, and nowhere else. Only what a question looks like is remembered, never an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import local
from typing import Any

from django.db import connection, models

FEW = 12
"""Questions with more values than this are put together each time: there are many sorts of them, and it counts less."""


class _Place(models.Expression):
    """Where a value stands that is not known yet."""

    def __init__(self, number: int, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Itself as the value, for whoever asks to put in the right one."""
        return "%s", [self]

    def holding(self, values: Sequence[Any]) -> Any:
        """Its value as the driver takes it."""
        return self.output_field.get_db_prep_value(values[self.number], connection, prepared=False)


@dataclass(frozen=True, slots=True)
class _Ready:
    sql: str
    values: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Sequence[Any], Any]], ...]


class Asked:
    """`make` makes a `values_list` query of its values, which are of these kinds; further ones are of the last."""

    def __init__(
        self, make: Callable[..., models.QuerySet[Any, Any]], *kinds: models.Field[Any, Any]
    ) -> None:
        self._make, self._kinds = make, kinds
        self._here = local()  # converters belong to the connection of their thread

    def rows(self, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The answer, asked of the primary database."""
        if len(values) > FEW:
            yield from self._make(*values)
            return
        known: dict[tuple[str, int], _Ready] = self._here.__dict__.setdefault("known", {})
        form = connection.vendor, len(values)
        if form not in known:
            known[form] = self._put_together(len(values))
        ready = known[form]
        told = [one.holding(values) if isinstance(one, _Place) else one for one in ready.values]
        with connection.cursor() as cursor:
            cursor.execute(ready.sql, told)
            found = cursor.fetchall()
        for row in found:
            cells = list(row)
            for n, (converters, expression) in ready.converters:
                for convert in converters:
                    cells[n] = convert(cells[n], expression, connection)
            yield tuple(cells)

    def _put_together(self, number: int) -> _Ready:
        last = len(self._kinds) - 1
        places = [_Place(n, self._kinds[min(n, last)]) for n in range(number)]
        compiler = self._make(*places).query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        columns = [column for column, _sql, _name in compiler.select[: compiler.col_count]]
        return _Ready(sql, tuple(values), tuple(compiler.get_converters(columns).items()))
