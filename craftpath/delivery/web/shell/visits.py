"""Where somebody is signed in: a row for each session, with the last visit, written rarely and never inside a view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]
EVERY = timedelta(minutes=5)
MOST = 10_000  # sessions that one process remembers; then it begins anew, which costs a query each

_seen: dict[str, float] = {}


def last_visit(get_response: Next) -> Next:
    """Middleware: keep when and from where a session was last used; at most one query in five minutes.

    It stands outside the wrapper that keeps a GET from writing, and a process that has just looked does not look
    again. Of several processes the first one writes; the others find nothing to do.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.session.session_key:
            _note(request, request.session.session_key)
        return get_response(request)

    return answer


def _note(request: HttpRequest, key: str) -> None:
    at = request.at  # type: ignore[attr-defined]
    if at.timestamp() - _seen.get(key, 0.0) < EVERY.total_seconds():
        return
    if len(_seen) >= MOST:
        _seen.clear()
    _seen[key] = at.timestamp()
    UserSession.objects.filter(session_key=key, last_seen_at__lt=at - EVERY).update(
        last_seen_at=at, ip=get_adapter().get_client_ip(request), user_agent=_agent(request)
    )


def _agent(request: HttpRequest) -> str:
    most = UserSession._meta.get_field("user_agent").max_length
    return request.headers.get("User-Agent", "")[:most]


def began(sender: Any, *, request: HttpRequest, **others: Any) -> None:
    """Whatever the door was (a password, a demo's button, an invitation): the session gets its row."""
    if "REMOTE_ADDR" in request.META:
        UserSession.objects.create_from_request(request)


def listen() -> None:
    """Hear of every sign-in; called once, when the apps are ready."""
    user_logged_in.connect(began, dispatch_uid="craftpath.visits")
