"""The way to a server that may be gone, for devices that are modelled here, and for what they ask beside the door."""

from __future__ import annotations

import http.client
import json
import re
import urllib.parse
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.server import TOKEN


class Cut(Exception):  # noqa: N818  (what a network does)
    """The connection was lost; whether the server has it, nobody knows."""


def said_wrong(content: bytes) -> list[bytes]:
    """What a page says is wrong with a form, else how it begins."""
    return re.findall(rb'class="f(?:ield|orm)-errors".{0,300}', content, re.S) or [content[:300]]


@dataclass
class Network:
    """The way to a server that may be gone, and how to bring it back."""

    address: str
    revive: Callable[[], None]
    kill: Callable[[], None]
    statuses: tuple[int, ...] = field(default=(200, 302))

    def ask(self, method: str, path: str, session: str, body: bytes | None = None, kind: str = "") -> bytes:
        """One request; `Cut` if there is no whole answer."""
        head = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        line = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=30)
        try:
            line.request(method, path, body, head | ({"Content-Type": kind} if kind else {}))
            answer = line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as fault:
            raise Cut from fault
        finally:
            line.close()
        if answer.status not in self.statuses:
            raise AssertionError(f"{method} {path}: {answer.status} {said_wrong(content)!r}")
        return answer.headers.get("Location", "").encode() if answer.status == 302 else content

    def send_form(self, path: str, session: str, fields: Mapping[str, Any]) -> str:
        """Send a form as a page does; gives where it leads."""
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self.ask("POST", path, session, body, "application/x-www-form-urlencoded").decode()

    def take(
        self, door: str, session: str, writes: list[dict[str, Any]], files: Mapping[str, bytes]
    ) -> list[dict[str, Any]]:
        """Send a portion to the door; `files` by the names of their writes."""
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
        body = head.format("writes", "").encode() + json.dumps(writes).encode() + b"\r\n"
        for name, content in files.items():
            more = '; filename="file"\r\nContent-Type: image/jpeg'
            body += head.format(name, more).encode() + content + b"\r\n"
        body += f"--{edge}--\r\n".encode()
        answer = self.ask("POST", door, session, body, f"multipart/form-data; boundary={edge}")
        return json.loads(answer)["answers"]  # type: ignore[no-any-return]
