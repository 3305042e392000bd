"""Addresses of the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from craftpath.delivery.api.assembled import api, schema_text
from craftpath.delivery.exchange.problems import problem


def _not_done_is_a_problem(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever comes without a session is asked for a token by the operation itself, and 405 is JSON as well."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        response = view(request, *args, **values)
        if response.status_code != 405:
            return response
        said = problem(405, "api.not_done", {"method": str(request.method)[:20]})
        said.headers["Allow"] = response.headers["Allow"]
        return said

    return login_not_required(answer)


def _patterns() -> list[URLPattern]:
    found = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = _not_done_is_a_problem(pattern.callback)
            found.append(pattern)
    return found


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The schema, for anybody: it says nothing of anyone."""
    response = HttpResponse(schema_text(), content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


app_name = "api"
urlpatterns = [path("openapi.json", openapi, name="openapi"), *_patterns()]
