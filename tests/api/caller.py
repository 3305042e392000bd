"""A program that calls the API with a token of somebody of the cast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.test import Client as Browser
from django.utils import timezone

from craftpath.kernel.clients import NewClient, make_own_client, make_service_client
from craftpath.kernel.organisations import Organisation
from tests.cast import Cast
from tests.house.visitors import seat_of

ROOT = "/api/v1"


class Caller:
    """Sends JSON with one token."""

    def __init__(self, header: str, language: str = "en") -> None:
        self.browser = Browser(HTTP_ACCEPT_LANGUAGE=language, enforce_csrf_checks=True)
        self.headers = {"Authorization": header} if header else {}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Call `METHOD /path`; header names are written with underscores."""
        sent = {} if body is None else {"data": body, "content_type": "application/json"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.browser.generic(method, ROOT + path, headers=self.headers | named, **_bytes(sent))

    def get(self, path: str, **headers: str) -> Any:
        """What stands there; it must be there."""
        answer = self("GET", path, **headers)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def every(self, path: str, limit: int = 2) -> list[Any]:
        """All items of a list, page by page."""
        found, mark = [], "?" if "?" not in path else "&"
        page = self.get(f"{path}{mark}limit={limit}")
        found += page["items"]
        while page["next"]:
            page = self.get(f"{path}{mark}limit={limit}&cursor={page['next']}")
            found += page["items"]
        return found


def _bytes(sent: dict[str, Any]) -> dict[str, Any]:
    import json

    if not sent:
        return {}
    data = sent["data"]
    return {
        "data": data if isinstance(data, bytes) else json.dumps(data),
        "content_type": sent["content_type"],
    }


def token(
    cast: Cast, who: str, scopes: Sequence[str] = ("write",), place: Organisation | None = None
) -> NewClient:
    """A personal token of somebody, at the place where they work."""
    at = timezone.now()
    here = place or _place(cast, who)
    return make_own_client(
        here, name=who, scopes=scopes, expires_at=at + timedelta(days=30), by=cast.actor(who, here), at=at
    )


def _place(cast: Cast, who: str) -> Organisation:
    found = {one.key: one for one in (cast.college, cast.jinheng, cast.city, cast.neighbour)}
    return cast.neighbour if who == "stranger" else found[seat_of(who)]


def caller(cast: Cast, who: str, scopes: Sequence[str] = ("write",), language: str = "en") -> Caller:
    """Somebody's program."""
    return Caller(f"Bearer {token(cast, who, scopes).token}", language)


def board(cast: Cast, roles: Sequence[str], scopes: Sequence[str] = ("read",)) -> Caller:
    """A program of the college's own."""
    at = timezone.now()
    made = make_service_client(
        cast.college, name="Board", scopes=scopes, roles=roles, expires_at=at + timedelta(days=30),
        by=cast.actor("administrator"), at=at,
    )  # fmt: skip
    return Caller(f"Bearer {made.token}")
