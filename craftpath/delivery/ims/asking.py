"""What a list is asked for, the same in all of 1EdTech's services: limit, offset, sort, orderBy, filter, fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from craftpath.delivery.ims.answers import NotAnswered, answer

LIMIT, MOST = 100, 1_000
CLAUSES = 2  # a filter has one AND or OR, as the binding has it
LONGEST = 2_000
_CLAUSE = re.compile(r"\s*([A-Za-z][\w.]*)\s*(!=|>=|<=|=|>|<|~)\s*'([^']*)'\s*")
_BETWEEN = re.compile(r"(AND|OR)\b")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of objects: what holds many of them, what holds one, and the fields that they may have."""

    many: str
    one: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Things in their usual order, and how each is shown. `things` may be a query: only what is asked for is read."""

    things: Any
    show: Callable[[Any], Row]


def listed(request: HttpRequest, kind: Kind, rows: Rows) -> HttpResponse:
    """The page of a list that was asked for, with its links and the number of all."""
    limit = _number(request, "limit", LIMIT, 1, MOST)
    offset = _number(request, "offset", 0, 0, 10**9)
    keeps, order = _filter(request, kind), _order(request, kind)
    wanted = _fields(request, kind)
    if keeps is None and order is None:
        total = len(rows.things) if isinstance(rows.things, Sequence) else rows.things.count()
        shown = [rows.show(one) for one in rows.things[offset : offset + limit]]
    else:
        found = [row for row in map(rows.show, rows.things) if keeps is None or keeps(row)]
        if order is not None:
            field, down = order
            found.sort(key=lambda row: _sortable(_at(row, field)), reverse=down)
        total, shown = len(found), found[offset : offset + limit]
    response = answer({kind.many: [_cut(row, wanted) for row in shown]})
    response.headers["X-Total-Count"] = str(total)
    response.headers["Link"] = _links(request, limit, offset, total)
    return response


def single(request: HttpRequest, kind: Kind, row: Row) -> HttpResponse:
    """One object, with the fields that were asked for."""
    return answer({kind.one: _cut(row, _fields(request, kind))})


def bare(request: HttpRequest, kind: Kind, row: Row) -> HttpResponse:
    """The same without a name around it, as CASE has it."""
    return answer(_cut(row, _fields(request, kind)))


def _number(request: HttpRequest, name: str, usual: int, least: int, most: int) -> int:
    given = request.GET.get(name)
    if given is None:
        return usual
    if not given.isascii() or not given.isdigit() or len(given) > 10 or int(given) < least:
        raise NotAnswered(
            400, "invalid_selection_field", _("“%(name)s” is no number that serves.") % {"name": name}
        )
    return min(int(given), most)


def _known(kind: Kind, field: str, code: str) -> str:
    if field.partition(".")[0] not in kind.fields:
        raise NotAnswered(400, code, _("There is no field “%(name)s” here.") % {"name": field[:60]})
    return field


def _fields(request: HttpRequest, kind: Kind) -> frozenset[str] | None:
    given = request.GET.get("fields")
    if given is None:
        return None
    names = [name.strip() for name in given[:LONGEST].split(",")]
    return frozenset(_known(kind, name, "invalid_selection_field") for name in names)


def _order(request: HttpRequest, kind: Kind) -> tuple[str, bool] | None:
    field, way = request.GET.get("sort"), request.GET.get("orderBy", "asc").lower()
    if way not in ("asc", "desc"):
        raise NotAnswered(400, "invalid_sort_field", _("“orderBy” is asc or desc."))
    return None if field is None else (_known(kind, field, "invalid_sort_field"), way == "desc")


def _filter(request: HttpRequest, kind: Kind) -> Callable[[Row], bool] | None:
    """The condition of `field op 'value'`, or of two of them with AND or OR between."""
    given = request.GET.get("filter")
    if given is None:
        return None
    wrong = NotAnswered(
        400, "invalid_filter_field", _("A filter is: field = 'value', perhaps two with AND or OR.")
    )
    clauses: list[Callable[[Row], bool]] = []
    words: list[str] = []
    at, text = 0, given.replace("’", "'").replace("‘", "'")
    if len(text) > LONGEST:
        raise wrong
    while True:
        found = _CLAUSE.match(text, at)
        if found is None or len(clauses) == CLAUSES:
            raise wrong
        _known(kind, found[1], "invalid_filter_field")
        clauses.append(_clause(found[1], found[2], found[3]))
        at = found.end()
        if at == len(text):
            break
        between = _BETWEEN.match(text, at)
        if between is None:
            raise wrong
        words.append(between[1])
        at = between.end()
    together = any if "OR" in words else all
    return lambda row: together(clause(row) for clause in clauses)


def _clause(field: str, sign: str, value: str) -> Callable[[Row], bool]:
    wanted = value.casefold()

    def one(held: Any) -> bool:
        said = _said(held)
        if sign in ("=", "!="):
            return (said == wanted) == (sign == "=")
        if sign == "~":
            return wanted in said
        pair = _pair(said, wanted)
        return {
            "<": pair[0] < pair[1],
            "<=": pair[0] <= pair[1],
            ">": pair[0] > pair[1],
            ">=": pair[0] >= pair[1],
        }[sign]

    def holds(row: Row) -> bool:
        held = _at(row, field)
        if isinstance(held, list):  # = of a list: all of these and no other; ~: one of these
            parts = [part.strip() for part in wanted.split(",")]
            said = [_said(each) for each in held]
            if sign == "~":
                return any(part in said for part in parts)
            if sign in ("=", "!="):
                return (sorted(parts) == sorted(said)) == (sign == "=")
            return any(one(each) for each in held)
        return sign == "!=" if held is None else one(held)

    return holds


def _said(held: Any) -> str:
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, Mapping):
        return str(held.get("sourcedId", held.get("identifier", ""))).casefold()
    return str(held).casefold()


def _pair(one: str, other: str) -> tuple[Any, Any]:
    """Two values as what can be compared: numbers, moments (a day begins in UTC), else texts."""
    try:
        return float(one), float(other)
    except ValueError:
        pass
    moments = _moment(one), _moment(other)
    return (one, other) if None in moments else moments


def _moment(words: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _at(row: Row, field: str) -> Any:
    """What a field holds; of a list of objects the field of each."""
    held: Any = row
    for name in field.split("."):
        if isinstance(held, Mapping):
            held = held.get(name)
        elif isinstance(held, list):
            held = [one.get(name) for one in held if isinstance(one, Mapping)]
        else:
            return None
    return held


def _sortable(held: Any) -> tuple[bool, float, str]:
    if isinstance(held, int | float):
        return False, float(held), ""
    return held is None, 0.0, ",".join(map(_said, held)) if isinstance(held, list) else _said(held or "")


def _cut(row: Row, wanted: frozenset[str] | None) -> Row:
    if wanted is None:
        return row
    tops = {name.partition(".")[0] for name in wanted}
    return {name: value for name, value in row.items() if name in tops}


def _links(request: HttpRequest, limit: int, offset: int, total: int) -> str:
    last = (total - 1) // limit * limit if total else 0
    steps = {"first": 0, "last": last}
    if offset + limit < total:
        steps["next"] = offset + limit
    if offset > 0:
        steps["prev"] = max(0, offset - limit)
    kept = {
        name: request.GET[name] for name in ("filter", "fields", "sort", "orderBy") if name in request.GET
    }

    def address(at: int) -> str:
        query = urlencode(kept | {"limit": limit, "offset": at})
        return request.build_absolute_uri(f"{request.path}?{query}")

    return ", ".join(f'<{address(at)}>; rel="{name}"' for name, at in steps.items())
