"""Pages by a cursor: it says behind which row the next page begins, so that nothing is missed or comes twice.

A cursor is sealed with the site's key for one list with one set of filters; what it holds is nobody's business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from pydantic import Field

from craftpath.delivery.api.kinds import Shape
from craftpath.kernel.tokens import sealed, unsealed

T = TypeVar("T")
MOST, USUAL = 200, 50


class CursorUnclear(Exception):  # noqa: N818  (an answer to the caller, not a fault)
    """A cursor that was not given for this list."""


class Page(Shape, Generic[T]):
    """Some of a list, and the way to the rest."""

    items: list[T]
    next: str | None = Field(description="the cursor of the next page; null on the last one")


class Turn(Shape):
    """Which part of a list is asked for."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="how many at most")
    cursor: str = Field("", max_length=2000, description="where to go on, as the page before said")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The rows of one page."""

    rows: list[T]
    next: str | None


def page_of(rows: QuerySet[Any], keys: Sequence[str], turn: Turn, request: HttpRequest) -> Found[Any]:
    """One page of rows in the order of these columns (`-` for backwards), of which the last tells all rows apart.

    No column may be empty. One query, and one row more than is shown.
    """
    name = _name(request)
    rows = rows.order_by(*keys)
    if turn.cursor:
        rows = rows.filter(_behind(keys, _opened(turn.cursor, name, len(keys))))
    found = list(rows[: turn.limit + 1])
    if len(found) <= turn.limit:
        return Found(found, None)
    shown = found[: turn.limit]
    return Found(shown, _sealed(name, [_value(shown[-1], key.lstrip("-")) for key in keys]))


def page_among(
    rows: Iterable[T], key: Callable[[T], tuple[Any, ...]], turn: Turn, request: HttpRequest
) -> Found[T]:
    """The same of rows that are at hand already: by a key of texts and numbers that tells all apart."""
    name, ordered = _name(request), sorted(rows, key=key)
    if turn.cursor:
        last = tuple(_opened(turn.cursor, name, None))
        try:
            ordered = [row for row in ordered if key(row) > last]
        except TypeError:
            raise CursorUnclear from None
    shown = ordered[: turn.limit]
    return Found(shown, _sealed(name, list(key(shown[-1]))) if len(ordered) > turn.limit else None)


def given(rows: QuerySet[Any], **wanted: Any) -> QuerySet[Any]:
    """Only those for which holds what was asked; None asks for nothing."""
    asked = {name: value for name, value in wanted.items() if value is not None}
    return rows.filter(**asked) if asked else rows


def page(found: Found[T], made: Callable[[T], Any]) -> dict[str, Any]:
    """The answer."""
    return {"items": [made(row) for row in found.rows], "next": found.next}


def _name(request: HttpRequest) -> str:
    """The list that a cursor is of: its address, its filters, and who looks."""
    filters = [(key, values) for key, values in request.GET.lists() if key not in ("cursor", "limit")]
    asked = sorted((key, value) for key, values in filters for value in values)
    return json.dumps([request.path_info, request.admitted.client.public_id, asked])  # type: ignore[attr-defined]


def _sealed(name: str, values: list[Any]) -> str:
    return sealed(json.dumps([name, [_plain(value) for value in values]]))


def _opened(cursor: str, name: str, count: int | None) -> list[Any]:
    text = unsealed(cursor) if cursor.isascii() else ""
    try:
        of, values = json.loads(text)
    except ValueError:
        raise CursorUnclear from None
    if of != name or (count is not None and len(values) != count):
        raise CursorUnclear
    return list(values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _behind(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows that come after these values: equal in the first columns, and further in the next one."""
    found, same = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        column, further = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
        found |= same & Q(**{f"{column}__{further}": value})
        same &= Q(**{column: value})
    return found
