"""A personnel system that pushes people and groups with a service token."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.test import Client as Browser
from django.utils import timezone

from craftpath.kernel.clients import make_service_client
from craftpath.kernel.organisations import Organisation
from tests.cast import Cast

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"


class Pusher:
    """Speaks SCIM with one token."""

    def __init__(self, token: str) -> None:
        self.browser = Browser(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """`METHOD /path` under the service's root."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = named.pop("Content-Type", "application/scim+json")
        return self.browser.generic(
            method, f"/scim/v2{path}", data, content_type=kind, headers=self.headers | named
        )

    def person(self, name: str = "zhang.wei", **said: Any) -> Any:
        """Bring somebody; it must go."""
        answer = self("POST", "/Users", {"schemas": [USER], "userName": name, "active": True, **said})
        assert answer.status_code == 201, answer.content
        return answer.json()

    def group(self, name: str, *members: str) -> Any:
        """Bring a group; it must go."""
        body = {"schemas": [GROUP], "displayName": name, "members": [{"value": one} for one in members]}
        answer = self("POST", "/Groups", body)
        assert answer.status_code == 201, answer.content
        return answer.json()

    def patch(self, path: str, *operations: dict[str, Any]) -> Any:
        """Change something."""
        return self("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)})


def pusher(
    cast: Cast,
    roles: Sequence[str] = ("administrator",),
    scopes: Sequence[str] = ("scim",),
    place: Organisation | None = None,
    who: str = "administrator",
) -> Pusher:
    """A program with a token of the college, or of another organisation that somebody runs."""
    at = timezone.now()
    here = place or cast.college
    made = make_service_client(
        here, name="HR", scopes=scopes, roles=roles, expires_at=at + timedelta(days=30),
        by=cast.actor(who, here), at=at,
    )  # fmt: skip
    return Pusher(made.token)
