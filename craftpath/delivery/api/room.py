"""A room of the API: operations on one kind of thing, each with its scope, its answers and its refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ninja import Router
from ninja.decorators import decorate_view

from craftpath.delivery.api.framing import FILES, reads, takes, writes
from craftpath.delivery.api.problems import Problem
from craftpath.kernel.client_scopes import READ, WRITE, Area

F = TypeVar("F", bound=Callable[..., Any])
ALWAYS = (401, 403, 429)
READING = (*ALWAYS, 422)
WRITING = (*ALWAYS, 400, 409, 413, 415, 422)


class Room:
    """Operations under one tag; `area` is the first half of their scopes, None for what any token may."""

    def __init__(self, tag: str, area: Area | None) -> None:
        self.router = Router(tags=[tag])
        self.area = area

    def read(self, path: str, answer: Any, *, one: bool = False, conflicts: bool = False) -> Callable[[F], F]:
        """GET: a list, or one thing that may not be there; `conflicts` where the moment may be the wrong one."""
        scope = f"{self.area}:{READ}" if self.area else ""
        refused = (*READING, *((404,) if one else ()), *((409,) if conflicts else ()))
        return self._add("GET", path, {200: answer, 304: None}, refused, scope, reads(scope))

    def write(
        self,
        path: str,
        answer: Any,
        *,
        name: str,
        method: str = "POST",
        status: int = 200,
        one: bool = True,
        revised: bool = False,
        by_person: bool = True,
    ) -> Callable[[F], F]:
        """A write; `revised` ones heed `If-Match`."""
        scope = f"{self.area}:{WRITE}"
        refused = (*WRITING, *((404,) if one else ()), *((412,) if revised else ()))
        around = writes(scope, name, by_person=by_person)
        return self._add(method, path, {status: answer}, refused, scope, around)

    def take(self, path: str, answer: Any, *, most: int) -> Callable[[F], F]:
        """POST of a file, which is the body itself; what is in it is looked at later (202)."""
        scope = f"{self.area}:{WRITE}"
        binary = {"schema": {"type": "string", "format": "binary"}}
        body = {"requestBody": {"required": True, "content": dict.fromkeys(FILES, binary)}}
        return self._add("POST", path, {202: answer}, WRITING, scope, takes(scope, most), body)

    def _add(
        self,
        method: str,
        path: str,
        answers: dict[int, Any],
        refused: tuple[int, ...],
        scope: str,
        around: Any,
        extra: dict[str, Any] | None = None,
    ) -> Callable[[F], F]:
        responses = answers | dict.fromkeys(sorted(refused), Problem)
        add = self.router.api_operation(
            [method], path, response=responses, openapi_extra={"x-scope": scope} | (extra or {})
        )

        def register(function: F) -> F:
            return add(decorate_view(around)(function))

        return register
