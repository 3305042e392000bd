"""The API as a whole: its rooms, what it answers where something goes wrong, and its schema (OpenAPI 3.1)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import HttpBasicAuth, HttpBearer

from craftpath.delivery.api.describing import described
from craftpath.delivery.api.framing import parsed
from craftpath.delivery.api.invalid import wrong
from craftpath.delivery.api.paging import CursorUnclear
from craftpath.delivery.api.rendering import Rendered
from craftpath.delivery.api.revisions import ChangedSince
from craftpath.delivery.api.rooms import ROOMS
from craftpath.delivery.exchange import problems
from craftpath.delivery.exchange.problems import problem
from craftpath.values.verdict import Refused

VERSION = "1.0.0"


class Bearer(HttpBearer):
    """`Authorization: Bearer TOKEN`. Who comes was found out before the operation began."""

    def __call__(self, request: HttpRequest) -> Any:
        return True

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return True


class Basic(HttpBasicAuth):
    """The token's id as user name, its secret as password."""

    def __call__(self, request: HttpRequest) -> Any:
        return True

    def authenticate(self, request: HttpRequest, username: str, password: str) -> Any:
        return True


class _Strict(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return parsed(request)


class Api(NinjaAPI):
    """With a schema that says what is sent and answered, down to the headers."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """As ninja makes it, and what it leaves out."""
        return described(super().get_openapi_schema(**options))

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The name of its function: what clients call it."""
        return str(operation.view_func.__name__)


def _made() -> Api:
    made = Api(
        title="Craftpath",
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        auth=[Bearer(), Basic()],
        renderer=Rendered(),
        parser=_Strict(),
        servers=[{"url": "/", "description": "this site"}],
    )
    for prefix, room in ROOMS:
        made.add_router(prefix, room.router)
    made.add_exception_handler(Refused, _refused)
    made.add_exception_handler(Http404, lambda request, fault: problem(404, "api.not_there"))
    made.add_exception_handler(CursorUnclear, lambda request, fault: problem(422, "api.cursor"))
    made.add_exception_handler(ChangedSince, _changed)
    made.add_exception_handler(HttpError, lambda request, fault: problem(400, "api.unreadable"))
    made.add_exception_handler(ValidationError, _invalid)
    return made


def _refused(request: HttpRequest, fault: Any) -> HttpResponse:
    return problems.refusal(fault.verdict)


def _changed(request: HttpRequest, fault: Any) -> HttpResponse:
    return problem(412, "api.changed", {"revision": fault.revision})


def _invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    return problem(422, "api.invalid", errors=[wrong(error) for error in fault.errors])


api = _made()


def schema() -> dict[str, Any]:
    """The schema as plain values."""
    made: dict[str, Any] = api.get_openapi_schema(path_prefix="api/v1/")
    return made


@cache
def schema_text() -> str:
    """The schema as a file, always the same to the last byte."""
    return json.dumps(schema(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"
