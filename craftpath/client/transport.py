"""Sending requests: the token, the language, waiting when told to, and pages one after the other."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib import error, parse, request

ROOT = "/api/v1"
TRIES = 4
LONGEST_WAIT = 90.0
_AGAIN = (429, 502, 503, 504)


class Failed(Exception):  # noqa: N818
    """The site did not answer, or not as the API does."""


class Problem(Failed):
    """What the API refused: `status`, the stable `code`, and a sentence in the language that was asked for."""

    def __init__(self, status: int, content: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(content.get("code", ""))
        self.detail = str(content.get("detail", ""))
        self.facts = dict(content.get("facts") or {})
        self.errors = list(content.get("errors") or [])
        super().__init__(f"{status} {self.code}: {self.detail}")


@dataclass(frozen=True)
class Response:
    """An answer: its status, its headers with small letters, its JSON."""

    status: int
    headers: dict[str, str]
    content: Any


@dataclass
class Transport:
    """One site and one token. `wait` is what sleeps, so that tests need not."""

    address: str
    token: str = ""
    language: str = "en"
    seconds: float = 30.0
    wait: Any = field(default=time.sleep, repr=False)

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """One request. A write gets a key, so that sending it again after a broken connection does it once."""
        sent = {"Accept-Language": self.language, "Accept": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        data = None
        if method not in ("GET", "HEAD"):
            sent.setdefault("Idempotency-Key", str(uuid.uuid4()))
        if isinstance(body, bytes):  # a file
            data = body
            sent["Content-Type"] = "application/octet-stream"
        elif body is not None:
            data = json.dumps(body, ensure_ascii=False, default=str).encode()
            sent["Content-Type"] = "application/json"
        asked = request.Request(self._address(path, query), data=data, headers=sent, method=method)  # noqa: S310
        for left in range(TRIES - 1, -1, -1):
            try:
                with request.urlopen(asked, timeout=self.seconds) as answer:  # noqa: S310
                    return _read(answer.status, answer.headers, answer.read())
            except error.HTTPError as refused:
                found = _read(refused.code, refused.headers, refused.read())
                if refused.code == 304:
                    return found
                if refused.code not in _AGAIN or not left:
                    raise _problem(found) from None
                self.wait(_seconds(found, left))
            except (error.URLError, TimeoutError, ConnectionError) as broken:
                if not left:
                    raise Failed(f"{self.address} does not answer: {broken}") from broken
                self.wait(1.0)
        raise AssertionError  # the last try returns or raises

    def pages(self, path: str, query: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Every item of a list, page by page."""
        asked = dict(query or {})
        while True:
            found = self.send("GET", path, query=asked).content
            yield from found["items"]
            if not found.get("next"):
                return
            asked["cursor"] = found["next"]

    def _address(self, path: str, query: Mapping[str, Any] | None) -> str:
        if parse.urlsplit(self.address).scheme not in ("http", "https"):
            raise Failed(f"{self.address} is no address of a site")
        given = {name: _plain(value) for name, value in (query or {}).items() if value is not None}
        asked = f"?{parse.urlencode(given)}" if given else ""
        return f"{self.address.rstrip('/')}{ROOT}{path}{asked}"


def part(value: Any) -> str:
    """A name inside an address."""
    return parse.quote(str(value), safe="")


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(status: int, headers: Any, content: bytes) -> Response:
    try:
        found = json.loads(content) if content else None
    except ValueError:
        found = None
    return Response(status, {name.lower(): value for name, value in headers.items()}, found)


def _problem(found: Response) -> Failed:
    if isinstance(found.content, dict) and "code" in found.content:
        return Problem(found.status, found.content)
    return Failed(f"the site answered {found.status}")


def _seconds(found: Response, left: int) -> float:
    """As long as the site says, else a little longer each time."""
    said = found.headers.get("retry-after", "")
    return min(LONGEST_WAIT, float(said)) if said.isdecimal() else 0.5 * 2 ** (TRIES - left)
