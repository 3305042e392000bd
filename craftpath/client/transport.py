"""Sending requests: the token, the language, waiting when told to, and pages one after the other."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib import error, parse, request

ROOT = "/api/v1"
TRIES = 4
LONGEST_WAIT = 90.0
MOST_BYTES = 64 * 1024 * 1024
_AGAIN = (429, 502, 503, 504)


class _Stay(request.HTTPRedirectHandler):
    """Follows nobody: the token is for this site, and the API never sends elsewhere."""

    def redirect_request(self, *given: Any, **named: Any) -> None:
        return None


OPEN = request.build_opener(_Stay).open


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
                with OPEN(asked, timeout=self.seconds) as answer:
                    return _wanted(_read(answer.status, answer.headers, answer))
            except error.HTTPError as refused:
                found = _read(refused.code, refused.headers, refused)
                if refused.code == 304:
                    return found
                pause = _seconds(found, left)
                if refused.code not in _AGAIN or not left or pause > LONGEST_WAIT:
                    raise _problem(found) from None
                self.wait(pause)
            except (error.URLError, TimeoutError, ConnectionError, HTTPException) as broken:
                if not left:
                    raise Failed(f"{self.address} does not answer: {broken}") from broken
                self.wait(1.0)
        raise AssertionError  # the last try returns or raises

    def pages(self, path: str, query: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Every item of a list, page by page."""
        asked = dict(query or {})
        while True:
            found = self.send("GET", path, query=asked).content
            if not isinstance(found, dict) or not isinstance(found.get("items"), list):
                raise Failed(f"{path} is no list")
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


def _read(status: int, headers: Any, answer: Any) -> Response:
    content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Failed(f"the answer is longer than {MOST_BYTES // 1024**2} MB")
    told = headers.get("Content-Length") or ""
    if told.isdecimal() and len(content) < int(told):
        raise ConnectionError("the line broke in the middle of the answer")
    try:
        found = json.loads(content) if content else None
    except (ValueError, RecursionError):
        found = _UNREADABLE
    return Response(status, {name.lower(): value for name, value in headers.items()}, found)


_UNREADABLE = object()
"""What stands for an answer that is no JSON: a page of a proxy, of a sign-in, of another program."""


def _wanted(found: Response) -> Response:
    """An answer that is one of the API's."""
    if found.content is _UNREADABLE:
        kind = found.headers.get("content-type", "nothing named").partition(";")[0]
        raise Failed(f"the site answered {found.status} with {kind} where JSON was asked for")
    return found


def _problem(found: Response) -> Failed:
    if isinstance(found.content, dict) and "code" in found.content:
        return Problem(found.status, found.content)
    if found.status in range(300, 400):
        return Failed(f"the site sends elsewhere: {found.headers.get('location', '')[:200]}")
    return Failed(f"the site answered {found.status}")


def _seconds(found: Response, left: int) -> float:
    """As long as the site says, in seconds or by a moment; else a little longer each time."""
    said = found.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.5 * float(2 ** (TRIES - left))
