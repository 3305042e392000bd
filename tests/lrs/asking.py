"""A program that talks to the store: a token, its headers, and what it sends."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client as Browser
from django.utils import timezone

from craftpath.kernel.access import system
from craftpath.kernel.clients import Client
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tokens import hash_of

SECRET = "only-for-tests-and-long-enough"


def token_of(place: Organisation, *scopes: str, role: str = "coordinator", name: str = "Simulator") -> Client:
    """A service token of an organisation."""
    now = timezone.now()
    return Client._base_manager.create(
        organisation=place,
        name=name,
        secret_hash=hash_of(SECRET),
        scopes=list(scopes or ("xapi:all",)),
        roles=[role],
        made_at=now,
        expires_at=now + timedelta(days=30),
    )


class Program:
    """Asks as a token in one version; `more` are headers of every request."""

    def __init__(self, token: Client, version: str = "2.0.0", **more: str) -> None:
        pair = b64encode(f"{token.public_id}:{SECRET}".encode()).decode()
        self.token = token
        self.headers = {
            "Authorization": f"Basic {pair}",
            "X-Experience-API-Version": version,
            "Accept-Language": "en",
        } | more
        self.browser = Browser(raise_request_exception=False)

    def ask(
        self,
        method: str,
        resource: str,
        body: Any = b"",
        *,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
        **given: Any,
    ) -> Any:
        """One request; texts of parameters as they are, other values as JSON."""
        pairs = {name: one if isinstance(one, str) else json.dumps(one) for name, one in given.items()}
        address = f"/xapi/{resource}" + (f"?{urlencode(pairs)}" if pairs else "")
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {name: value for name, value in (self.headers | (headers or {})).items() if value is not None}
        return self.browser.generic(method, address, content, content_type=kind, headers=told)

    def get(self, resource: str = "statements", **given: Any) -> Any:
        return self.ask("GET", resource, **given)

    def post(self, body: Any, resource: str = "statements", **given: Any) -> Any:
        return self.ask("POST", resource, body, **given)

    def put(self, body: Any, resource: str = "statements", **given: Any) -> Any:
        return self.ask("PUT", resource, body, **given)

    def found(self, **given: Any) -> list[dict[str, Any]]:
        """The statements that a question finds."""
        answer = self.get(**given)
        assert answer.status_code == 200, answer.content
        return list(answer.json()["statements"])

    def ids(self, **given: Any) -> list[str]:
        """Their ids."""
        return [one["id"] for one in self.found(**given)]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def mixed(
    statements: Any, *parts: tuple[str, bytes], boundary: str = "abcABC0123'()+_,-./:=?", **more: Any
) -> dict[str, Any]:
    """A body with statements and contents, each with its hash, and its content type."""
    line = "\r\n"
    body = (
        f"--{boundary}{line}Content-Type: application/json{line}{line}".encode()
        + json.dumps(statements).encode()
    )
    for sha2, content in parts:
        head = (
            f"{line}--{boundary}{line}Content-Type: application/octet-stream{line}"
            f"Content-Transfer-Encoding: binary{line}X-Experience-API-Hash: {sha2}{line}{line}"
        )
        body += head.encode() + content
    body += f"{line}--{boundary}--{line}".encode()
    return {"body": body, "kind": f'multipart/mixed; boundary="{boundary}"'} | more


def by_the_site(place: Organisation) -> Any:
    return system(place)
