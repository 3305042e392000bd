"""Serving: packages of courses get a port of their own beside the site's, and the site is told which."""

from __future__ import annotations

import os
import socket

import pytest

from craftpath.delivery.commands.management.commands import serve


def test_packages_are_served_on_the_next_port_that_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRAFTPATH_CONTENT_ADDRESS", "")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        command = serve._content_beside("127.0.0.1", port - 1)
    told = os.environ["CRAFTPATH_CONTENT_ADDRESS"]
    assert int(told.removeprefix(":")) > port
    assert command[command.index("--port") + 1] == told.removeprefix(":")
    assert "craftpath.project.content:application" in command


def test_whoever_serves_them_elsewhere_gets_no_second_server(settings: object) -> None:
    settings.CONTENT_ADDRESS = "https://content.example"  # type: ignore[attr-defined]
    assert serve._content_beside("127.0.0.1", 1) == []
