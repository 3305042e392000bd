"""Lists: what is asked for, found with as little as can be read, and given page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from scim2_models import Context, ListResponse, SearchRequest, TooManyException
from scim2_models.path import Comparison, LogicalExpr

from craftpath.delivery.scim.announcing import MOST
from craftpath.delivery.scim.answers import body_of

PARAMETERS = ("attributes", "excludedAttributes", "filter", "sortBy", "sortOrder", "startIndex", "count")
FURTHEST = 2**31  # where a page may begin; behind it is nothing
MOST_LOOKED_AT = 20_000  # rows that one filter or order may go through
EXACT = {
    "id": "public_id",
    "externalid": "external_id",
    "username": "user_name__iexact",
    "displayname": "name__iexact",
}
Make = Callable[[HttpRequest, Sequence[Any]], list[Any]]


def asked_by_address(request: HttpRequest, model: Any) -> Any:
    """What the address asks for."""
    told = {name: request.GET[name] for name in PARAMETERS if name in request.GET}
    return SearchRequest[model].model_validate(told)


def asked_by_body(request: HttpRequest, model: Any) -> Any:
    """What the body of a `.search` asks for."""
    return SearchRequest[model].model_validate(body_of(request), scim_ctx=Context.SEARCH_REQUEST)


def listed(
    request: HttpRequest, asked: Any, parts: Sequence[tuple[Any, QuerySet[Any], Make]], model: Any
) -> Any:
    """A page of these resources: by the database where nothing is to be looked at, else one by one."""
    start = min(asked.start_index_0 or 0, FURTHEST)
    size = MOST if asked.count is None else min(asked.count, MOST)
    if asked.filter is None and asked.sort_by is None and len(parts) == 1:
        _model, rows, make = parts[0]
        total, page = rows.count(), make(request, list(rows[start : start + size]))
    else:
        found = _looked_at(request, asked, parts)
        total, page = len(found), found[start : start + size]
    return ListResponse[model](
        total_results=total,
        start_index=start + 1,
        items_per_page=len(page),
        resources=page,
    )


def _looked_at(
    request: HttpRequest, asked: Any, parts: Sequence[tuple[Any, QuerySet[Any], Make]]
) -> list[Any]:
    found: list[Any] = []
    for _model, rows, make in parts:
        narrowed = _narrowed(rows, asked.filter) if asked.filter is not None else rows
        some = list(narrowed[: MOST_LOOKED_AT + 1])
        if len(some) > MOST_LOOKED_AT:
            raise TooManyException(
                detail=_("Too many to look through. Ask for fewer by userName or externalId.")
            )
        made = make(request, some)
        found += [one for one in made if asked.filter is None or asked.filter.match(one)]
    return list(asked.sort(found))


def _narrowed(rows: QuerySet[Any], asked: Any) -> QuerySet[Any]:
    """Leave to the database what it can say by an index: equal ids and names, alone or joined by `and`."""
    terms = [asked.ast]
    if isinstance(asked.ast, LogicalExpr) and str(asked.ast.op).lower().endswith("and"):
        terms = list(asked.ast.terms)
    for term in terms:
        if not isinstance(term, Comparison) or str(term.op).lower().rpartition(".")[2] != "eq":
            continue
        path = term.attr_path
        column = "" if path.sub_attr else EXACT.get(str(path.attr).lower(), "")
        field = column.partition("__")[0]
        known = field in {one.name for one in rows.model._meta.get_fields()}
        if known and isinstance(term.value, str) and "\0" not in term.value:
            rows = rows.filter(**{column: term.value})
    return rows
