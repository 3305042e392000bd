"""The web server as `manage.py serve` runs it, for tests that kill it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "x" * 32  # what the browser has as cookie and in its forms


def environment(folder: Path) -> dict[str, str]:
    """The variables of a site in this folder, and none of the tests' own."""
    return {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CRAFTPATH_", "DJANGO_"))
        },
        "CRAFTPATH_VAR": str(folder),
        "CRAFTPATH_SECRET_KEY": "only-for-tests",
    }


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The web server as `manage.py serve` runs it, in a process group of its own."""
    port = port or free_port()
    words = [sys.executable, "-m", "granian", "craftpath.project.wsgi:application", "--interface", "wsgi"]
    server = subprocess.Popen(
        [*words, "--port", str(port), "--workers", "1", "--blocking-threads", "1", "--log-level", "error"],
        cwd=ROOT, env=environment(folder), start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
