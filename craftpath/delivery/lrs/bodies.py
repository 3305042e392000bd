"""Bodies are read in pieces and never further than the limit: what is large goes to files as it comes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from email.message import Message
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.http import HttpRequest

from craftpath.delivery.lrs.asking import Refusal
from craftpath.domain.activity.examining import Part, hash_like

PIECE = 64 * 1024
LARGEST_HEAD = 16 * 1024
MOST_PARTS = 1000
LARGEST_JSON = 20 * 1024 * 1024
"""Bytes of statements or of a document, which are looked at as a whole."""


class Bounded:
    """The body of a request: `Content-Length` bytes of it, or all that come in chunks, up to the limit."""

    def __init__(self, request: HttpRequest, largest: int) -> None:
        chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
        length = request.headers.get("Content-Length", "")
        self._stream: Any = request.META["wsgi.input"] if chunked else request
        self._left = largest
        self._too_large = length.isdigit() and int(length) > largest

    def read(self, size: int = PIECE) -> bytes:
        """The next bytes; none at the end."""
        if self._too_large:
            raise Refusal(413)
        piece: bytes = self._stream.read(min(size, PIECE))
        self._left -= len(piece)
        if self._left < 0:
            raise Refusal(413)
        return piece


def largest() -> int:
    """Bytes that a request may have at most."""
    return int(settings.XAPI_LIMIT) * 1024 * 1024


def whole(body: BinaryIO, limit: int = LARGEST_JSON) -> bytes:
    """All of it, if it is not larger than what may be held in memory."""
    content = bytearray()
    while piece := body.read(PIECE):
        content += piece
        if len(content) > limit:
            raise Refusal(413)
    return bytes(content)


def main_type(content_type: str) -> str:
    """A content type without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def multipart(body: BinaryIO, content_type: str, stack: ExitStack) -> tuple[bytes, list[Part]]:
    """The statements, and the contents that came behind them in files that go with the stack."""
    boundary = _parameter(content_type, "boundary")
    if not boundary or len(boundary) > 200 or not boundary.isascii():
        raise Refusal(400, "multipart/mixed: boundary")
    reader = _Parts(body, boundary.encode())
    statements: Any = None
    parts: list[Any] = []
    for head in reader:
        if statements is None:
            if main_type(head.get("Content-Type", "")) != "application/json":
                raise Refusal(400, "multipart/mixed: application/json")
            statements = b"".join(_bounded(reader.content()))
            continue
        if len(parts) == MOST_PARTS:
            raise Refusal(413)
        parts.append(_kept(head, reader.content(), stack))
    if statements is None or not reader.ended:
        raise Refusal(400, "multipart/mixed: --boundary--")
    return statements, parts


def _bounded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_JSON:
            raise Refusal(413)
        yield piece


def _kept(head: Message, pieces: Iterator[bytes], stack: ExitStack) -> Part:
    sha2 = head.get("X-Experience-API-Hash", "").strip()
    if not sha2:
        raise Refusal(400, "X-Experience-API-Hash")
    if head.get("Content-Transfer-Encoding", "").strip().lower() != "binary":
        raise Refusal(400, "Content-Transfer-Encoding: binary")
    digest, size = hash_like(sha2), 0
    file = stack.enter_context(tempfile.NamedTemporaryFile(prefix="craftpath-xapi-"))  # noqa: SIM115
    for piece in pieces:
        digest.update(piece)
        file.write(piece)
        size += len(piece)
    file.flush()
    return Part(sha2, Path(file.name), size, digest.hexdigest())


def _parameter(header: str, name: str) -> str:
    message = Message()
    message["Content-Type"] = header
    value = message.get_param(name, "")
    return value if isinstance(value, str) else ""


class _Parts:
    """The parts of a body, one after the other: the head of each, then its content in pieces.

    A boundary stands at the beginning of a line, and the line's end before it belongs to it. Lines that end without
    a carriage return are taken as well.
    """

    def __init__(self, body: BinaryIO, boundary: bytes) -> None:
        self._body = body
        self._mark = b"\n--" + boundary
        self._buffer = b"\n"  # so that a boundary may be the first thing there is
        self._led = self._inside = True
        self.ended = False

    def __iter__(self) -> Iterator[Message]:
        for _piece in self.content():  # what stands before the first boundary says nothing
            pass
        while not self.ended:
            yield self._head()
            for _piece in self.content():  # what nobody has read of the last part
                pass

    def content(self) -> Iterator[bytes]:
        """What is left up to the next boundary; never more than a piece of it at once."""
        keep = len(self._mark) + 2  # a boundary may be cut in two, and a carriage return before it
        while self._inside:
            found = self._buffer.find(self._mark)
            if found >= 0 and self._rest_of_line(found):
                content = self._buffer[:found].removesuffix(b"\r")
                self._buffer = self._buffer[found + len(self._mark) :]
                yield from self._told(content)
                self._after()
                return
            upto = (
                found + 1 if found >= 0 else len(self._buffer) - keep
            )  # a line may begin as a boundary does
            if upto > 0:
                content, self._buffer = self._buffer[:upto], self._buffer[upto:]
                yield from self._told(content)
            elif not self._more():
                raise Refusal(400, "multipart/mixed: --boundary--")

    def _told(self, content: bytes) -> Iterator[bytes]:
        """Content without the line's end that was put before it, so that a boundary may follow a head at once."""
        if self._led and content:
            content, self._led = content[1:], False
        if content:
            yield content

    def _more(self) -> bool:
        piece = self._body.read(PIECE)
        self._buffer += piece
        return bool(piece)

    def _rest_of_line(self, found: int) -> bool:
        """Whether nothing but `--` and blanks stands behind a boundary in its line."""
        begin = found + len(self._mark)
        while b"\n" not in self._buffer[begin : begin + 200] and len(self._buffer) < begin + 200:
            if not self._more():
                break
        line = self._buffer[begin : begin + 200].split(b"\n", 1)[0].strip(b" \t\r")
        return line in (b"", b"--")

    def _after(self) -> None:
        line, _, rest = self._buffer.partition(b"\n")
        self.ended = line.startswith(b"--")
        self._inside = False
        self._buffer = b"" if self.ended else rest

    def _head(self) -> Message:
        while (end := re.search(rb"\A\r?\n|\r?\n\r?\n", self._buffer)) is None:
            if len(self._buffer) > LARGEST_HEAD or not self._more():
                raise Refusal(400, "multipart/mixed")
        lines, self._buffer = self._buffer[: end.start()], b"\n" + self._buffer[end.end() :]
        head = Message()
        for line in lines.decode("latin-1").splitlines():
            name, colon, value = line.partition(":")
            if not colon:
                raise Refusal(400, "multipart/mixed")
            head[name.strip()] = value.strip()
        self._led = self._inside = True
        return head
