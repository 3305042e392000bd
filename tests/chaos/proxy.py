"""The bad network between a browser and the server: it cuts, holds, doubles and remembers what goes through.

It lies outside the browser, since a page with a worker hides its requests from the browser's driver. One request a
connection, so that every cut hits exactly the one that it was meant for. Only portions of writes (POST at a door) are
harmed; everything else passes, unless the line is down.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

FAULTS = ("before", "after", "torn", "twice", "echo", "slow", "held", "killed")
LONGEST = 60  # seconds that a request may take
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_CONNECTION = re.compile(rb"\r\n(?:connection|keep-alive): *[^\r]*", re.IGNORECASE)
_WRITES = re.compile(rb'name="writes"\r\n\r\n(.*?)\r\n--', re.DOTALL)


class Gone(Exception):  # noqa: N818  (what a network does)
    """One side has gone away."""


@dataclass(frozen=True)
class Passed:
    """A portion that reached the server from a device: its door, its writes, and the answers if there were any."""

    device: str
    door: str
    fault: str
    writes: list[dict[str, Any]]
    answers: list[dict[str, Any]] | None


@dataclass
class Line:
    """One device's way to the server, with an address of its own, and what will go wrong on it next."""

    device: str
    port: int  # of the server
    passed: list[Passed]
    kill: Callable[[], None]
    faults: deque[tuple[str, float]] = field(default_factory=deque)
    down: bool = False
    echoes: list[bytes] = field(default_factory=list)
    under_way: int = 0
    harmed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self._count = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Nobody comes through any more."""
        self.listening.close()

    def echo(self) -> None:
        """What was sent long ago arrives once more, as a lost packet does."""
        echoes, self.echoes = self.echoes, []
        for request in echoes:
            with suppress(OSError, Gone):
                self._forward(request, "echo")

    def quiet(self) -> None:
        """Wait until nothing is on its way."""
        end = time.monotonic() + LONGEST
        while self.under_way and time.monotonic() < end:
            time.sleep(0.01)

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=[caller], daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        with self._count:
            self.under_way += 1
        try:
            with caller:
                caller.settimeout(LONGEST)
                request = _request(caller)
                if request and not self.down:
                    self._pass_on(request, caller)
        except (OSError, Gone):
            pass  # the caller sees a lost connection, which is what this is for
        finally:
            with self._count:
                self.under_way -= 1

    def _pass_on(self, request: bytes, caller: socket.socket) -> None:
        fault, wait = ("", 0.0)
        if _is_portion(request) and self.faults:
            fault, wait = self.faults.popleft()
            self.harmed[fault] = self.harmed.get(fault, 0) + 1
        if fault == "before":
            return
        if fault == "slow":
            time.sleep(wait)
        if fault == "killed":
            threading.Timer(wait, self.kill).start()
        if fault == "twice":
            threading.Thread(target=self._again, args=[request], daemon=True).start()
        if fault == "echo":
            self.echoes.append(request)
        answer = self._forward(request, fault)
        if fault == "after" or self.down:
            return
        if fault == "torn":
            answer = answer[: -len(answer) // 3]
        if fault == "held":
            time.sleep(wait)
        caller.sendall(answer)

    def _again(self, request: bytes) -> None:
        with suppress(OSError, Gone):
            self._forward(request, "twice")

    def _forward(self, request: bytes, fault: str) -> bytes:
        """The server's whole answer; `Gone` if there is none."""
        answer = b""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST) as server:
                server.sendall(_alone(request))
                while more := server.recv(65536):
                    answer += more
        finally:
            if _is_portion(request):
                self.passed.append(_witness(self.device, request, fault, answer))
        if not answer:
            raise Gone
        return answer


def _request(caller: socket.socket) -> bytes:
    """A whole request, or nothing if the caller has said nothing."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = caller.recv(65536)
        if not more:
            return b""
        data += more
    head, _, _ = data.partition(b"\r\n\r\n")
    found = _LENGTH.search(head)
    whole = len(head) + 4 + (int(found[1]) if found else 0)
    while len(data) < whole:
        more = caller.recv(65536)
        if not more:
            raise Gone
        data += more
    return data


def _alone(request: bytes) -> bytes:
    """The same request, the only one of its connection."""
    head, _, body = request.partition(b"\r\n\r\n")
    return _CONNECTION.sub(b"", head) + b"\r\nConnection: close\r\n\r\n" + body


def _is_portion(request: bytes) -> bool:
    line = request[: request.find(b"\r\n")]
    return line.startswith(b"POST ") and line.split(b" ")[1].endswith(b"/sync/")


def _witness(device: str, request: bytes, fault: str, answer: bytes) -> Passed:
    found = _WRITES.search(request)
    door = request.split(b" ")[1].decode()
    answers = None
    head, _, body = answer.partition(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 200"):
        if _CHUNKED.search(head):
            body = b"".join(_chunks(body))
        with suppress(ValueError, KeyError):
            answers = json.loads(body)["answers"]
    return Passed(device, door, fault, json.loads(found[1]) if found else [], answers)


def _chunks(body: bytes) -> list[bytes]:
    found = []
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        if not length:
            break
        found.append(body[:length])
        body = body[length + 2 :]
    return found
