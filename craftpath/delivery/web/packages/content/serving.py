"""A small WSGI program that serves files of packages, and the page that plays them. It reads, and that is all."""

from __future__ import annotations

import mimetypes
import os
import time
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from craftpath.delivery.exchange.courses.grants import BACK, OURS, Grant, read
from craftpath.delivery.exchange.courses.naming import key_of
from craftpath.delivery.exchange.courses.shelf import place
from craftpath.delivery.web.shell.downloads import wanted

_HERE = Path(__file__).parent
_OWN = ("shell.js", "shell.css", "back.js")
_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Player</title>
<link rel="stylesheet" href="shell.css">
<script src="shell.js" defer data-site="{site}"></script>
<body></body>
"""
_BACK = """<!doctype html>
<meta charset="utf-8">
<title>Back</title>
<script src="back.js" defer data-site="{site}"></script>
<body></body>
"""
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".vtt": "text/vtt",
    ".webm": "video/webm",
    ".m4v": "video/mp4",
    ".m4a": "audio/mp4",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_PIECE = 256 * 1024
_GONE = "This address has ended. Open the package anew.\n此地址已失效，请重新打开课件。\n"

Headers = list[tuple[str, str]]
Start = Callable[..., Any]


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """One file, or a plain 404: whatever is wrong with an address, the answer says no more than that."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return _said(start, "405 Method Not Allowed", "GET\n")
    if environ.get("HTTP_SERVICE_WORKER"):  # it would stay when the package is closed
        return _said(start, "403 Forbidden", "No service workers.\n")
    token, _, rest = _path(environ).lstrip("/").partition("/")
    grant = read(token, time.time())
    if grant is None:
        return _said(start, "404 Not Found", _GONE)
    folder, _, name = rest.partition("/")
    if folder == OURS and name in ("", BACK):
        return _page(start, grant, _BACK if name else _PAGE)
    file = _ours(name) if folder == OURS else find(place(grant.package), rest)
    if file is None:
        return _said(start, "404 Not Found", "Not in this package.\n", headers_of(grant))
    return _sent(environ, start, file, headers_of(grant))


def headers_of(grant: Grant) -> Headers:
    """Nothing of a package is shown outside of the site's frame, and nothing in it reaches another address.

    A unit of cmi5 talks to the site's record store, with the token of its session, and to no other room of the site.
    """
    store = f" {grant.site}/xapi/" if grant.talks else ""
    policy = (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
        f"connect-src 'self' data: blob:{store}; "
        "frame-src 'self' data: blob:; worker-src 'self' blob:; object-src 'self'; base-uri 'self'; "
        f"form-action 'self'; frame-ancestors 'self' {grant.site}"
    )
    return [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
    ]


def find(folder: Path, name: str) -> Path | None:
    """The file of this name in a folder, however it writes capitals: many packages were made where that is the same."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        return None
    try:
        if (folder / name).is_file():
            return folder / name
        return _walked(folder, parts)
    except OSError:  # a name that no disk takes
        return None


def _walked(folder: Path, parts: list[str]) -> Path | None:
    at = folder
    for part in parts:
        with os.scandir(at) as held:
            found = next((one for one in held if key_of(one.name) == key_of(part)), None)
        if found is None or (part is not parts[-1] and not found.is_dir()):
            return None
        at = at / found.name
    return at if at.is_file() else None


def _path(environ: dict[str, Any]) -> str:
    try:
        return str(environ.get("PATH_INFO", "")).encode("latin-1").decode()
    except UnicodeError:
        return ""


def _ours(name: str) -> Path | None:
    """A file of the player: its own two, the run-time of SCORM, what plays H5P."""
    if name in _OWN:
        return _HERE / name
    return find(Path(settings.ROOT) / "vendor" / "player", name)


def _page(start: Start, grant: Grant, page: str) -> Iterable[bytes]:
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "private, no-store")]
    body = page.format(site=escape(grant.site)).encode()
    start("200 OK", [*headers, ("Content-Length", str(len(body))), *headers_of(grant)])
    return [body]


def _sent(environ: dict[str, Any], start: Start, file: Path, headers: Headers) -> Iterable[bytes]:
    size = file.stat().st_size
    part = wanted(environ.get("HTTP_RANGE", ""), size)
    first, last = part or (0, size - 1)
    if part and first > last:
        start("416 Range Not Satisfiable", [("Content-Range", f"bytes */{size}"), *headers])
        return []
    kind = _TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(last - first + 1)),
        ("Accept-Ranges", "bytes"),
        ("Cache-Control", f"private, max-age={8 * 3600}, immutable"),
        *headers,
    ]
    if part:
        headers.append(("Content-Range", f"bytes {first}-{last}/{size}"))
    start("206 Partial Content" if part else "200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else _pieces(file.open("rb"), first, last - first + 1)


def _pieces(stream: BinaryIO, first: int, left: int) -> Iterator[bytes]:
    with stream:
        stream.seek(first)
        while left > 0 and (piece := stream.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece


def _said(start: Start, status: str, words: str, headers: Headers | None = None) -> Iterable[bytes]:
    body = words.encode()
    start(
        status,
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            *(headers or []),
        ],
    )
    return [body]
