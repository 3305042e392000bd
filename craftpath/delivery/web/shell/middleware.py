"""Per request: its moment, the reader's language and time zone, the actor and scope, and GET that only reads."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from craftpath.kernel.access import Actor, actor_by, memberships_on
from craftpath.kernel.factors import asks_second_factor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import looking_for

Next = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = settings.LANGUAGE_COOKIE_NAME
SAFE = {"GET", "HEAD", "OPTIONS"}
# Another site sends the browser back by GET with who has signed in there; the session is made at that moment.
WRITES_ON_GET = re.compile(r".*/account/(sign-on/college|organisation/\w+)/callback/")


def clock(get_response: Next) -> Next:
    """Give the request one moment; nothing below asks the clock again."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def language_for(request: HttpRequest) -> str:
    """The person's language, else the browser's choice of before, else what the browser asks for."""
    known = {code for code, _ in settings.LANGUAGES}
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in known else translation.get_language_from_request(request)


def preferences(get_response: Next) -> Next:
    """Set language and time zone for the time of the request."""

    def answer(request: HttpRequest) -> HttpResponse:
        language = language_for(request)
        zone = getattr(request.user, "time_zone", "") or settings.TIME_ZONE
        with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
            request.LANGUAGE_CODE = translation.get_language()
            request.today = timezone.localdate(request.at)  # type: ignore[attr-defined]
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    return answer


def organisation_scope(get_response: Next) -> Next:
    """Under `/o/<organisation>/`: build the actor, or 404 for a stranger, and open the scope."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:  # no id holds it, and PostgreSQL refuses to look for it
            raise Http404
        try:
            key = resolve(request.path_info).kwargs.get("organisation")
        except Resolver404:
            key = None
        if key is None or not request.user.is_authenticated:
            return get_response(request)
        actor = _actor(request, key)
        if actor is None or actor.organisation is None:
            raise Http404
        organisation = actor.organisation
        request.actor, request.organisation = actor, organisation  # type: ignore[attr-defined]
        scope = replace(actor.scope, within=getattr(request, "within", ()))
        if scope.path and organisation.is_leaf():  # read a moment ago, so it is known to have none below it
            scope = replace(scope, only=organisation.pk)
        with looking_for(scope):
            return get_response(request)

    return answer


def _actor(request: HttpRequest, key: str) -> Actor | None:
    """The reader at the organisation of this key; one query, or two where the role is held further up."""
    person: Any = request.user  # read in this request, so `is_active` is of today
    if not person.is_active:
        return None
    asked = {"asks_second_factor": asks_second_factor("organisation__path")}
    held = list(memberships_on(request.today).filter(person=person).annotate(**asked))  # type: ignore[attr-defined]
    here = next((row for row in held if row.organisation.key == key), None)
    if here is not None:
        organisation = here.organisation
        organisation.asks_second_factor = here.asks_second_factor  # type: ignore[attr-defined]
        return actor_by(held, person, organisation)
    known = Organisation.objects.annotate(asks_second_factor=asks_second_factor())
    further_down = known.filter(key=key).first() if held else None
    return actor_by(held, person, further_down) if further_down is not None else None


def first_password(get_response: Next) -> Next:
    """A password from a slip serves once: the next page is the one that changes it."""

    def answer(request: HttpRequest) -> HttpResponse:
        allowed = {"account_change_password", "account_logout", "shell:language", "shell:theme"}
        if getattr(request.user, "must_change_password", False):
            try:
                name = resolve(request.path_info).view_name
            except Resolver404:
                name = ""
            if name not in allowed:
                return redirect("account_change_password")
        return get_response(request)

    return answer


class WroteWhileReading(RuntimeError):
    """A page that should only read tried to write: a fault in the program."""


_READS = (
    "SELECT",
    "WITH",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "BEGIN",
    "PRAGMA",
    "EXPLAIN",
    "DECLARE",
    "FETCH",
    "CLOSE",
)


# Whether this request only reads. Asked for by itself, since requests of other threads may share a connection.
_reading: ContextVar[bool] = ContextVar("craftpath_reading", default=False)


def _only_reads(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if not _reading.get():
        return execute(sql, params, many, context)
    # The cache table counts sign-in tries; it is no part of the record.
    if not sql.lstrip(" (").upper().startswith(_READS) and "kernel_cache" not in sql:
        raise WroteWhileReading(sql.split(" WHERE ")[0][:200])
    return execute(sql, params, many, context)


def reads_only_read(get_response: Next) -> Next:
    """Run the view of a GET so that any SQL but reading is an error."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE or WRITES_ON_GET.fullmatch(request.path_info):
            return get_response(request)
        mark = _reading.set(True)
        try:
            with connection.execute_wrapper(_only_reads):
                return get_response(request)
        finally:
            _reading.reset(mark)

    return answer
