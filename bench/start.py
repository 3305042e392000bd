"""How long until the first page: of the first start of the demo, which makes it, and of a second one?

    python bench/start.py

What `make demo` runs once everything is installed: `manage.py demo`, then `manage.py serve` until the first answer
of 200, with its data in a temporary folder. Installing packages is not in it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from machine import ROOT, machine

PATIENCE = 120  # seconds


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_page(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the page answers 200; a server that has ended is an error."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit(f"{address} did not answer")


def start(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds of `demo`, and from the beginning to the first page."""
    port, begun = free_port(), time.perf_counter()
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "demo"], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    made = time.perf_counter() - begun
    serve = [*manage, "serve", "--port", str(port)]
    server = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for_page(f"http://127.0.0.1:{port}/", server)
        return made, time.perf_counter() - begun
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def main() -> None:
    print(f"{machine()}\n\n| start | demo s | first page s |\n|---|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"CRAFTPATH_DEMO": "1", "CRAFTPATH_VAR": folder}
        for name in ("first", "second", "third"):
            made, page = start(environment)
            print(f"| {name} | {made:.1f} | {page:.1f} |", flush=True)


if __name__ == "__main__":
    main()
