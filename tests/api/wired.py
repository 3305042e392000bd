"""The client's requests answered by the site of the tests, without a socket between them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from typing import Any
from unittest import mock
from urllib import error, parse

from django.test import Client as Browser

SITE = "https://craftpath.example"


class _Answer(io.BytesIO):
    def __init__(self, status: int, headers: Message, content: bytes) -> None:
        super().__init__(content)
        self.status, self.headers = status, headers


def _open(asked: Any, timeout: float) -> _Answer:
    split = parse.urlsplit(asked.full_url)
    sent = {name: value for name, value in asked.header_items() if name != "Content-type"}
    path = f"{split.path}?{split.query}" if split.query else split.path
    kind = asked.get_header("Content-type", "application/octet-stream")
    found = Browser().generic(asked.get_method(), path, asked.data or b"", content_type=kind, headers=sent)
    headers = Message()
    for name, value in found.headers.items():
        headers[name] = value
    if found.status_code >= 300:
        raise error.HTTPError(asked.full_url, found.status_code, "", headers, io.BytesIO(found.content))
    return _Answer(found.status_code, headers, found.content)


@contextmanager
def wired() -> Iterator[str]:
    """For the time of the block the site of the tests stands at this address."""
    with mock.patch("craftpath.client.transport.OPEN", _open):
        yield SITE
