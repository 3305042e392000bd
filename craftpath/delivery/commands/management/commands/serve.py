"""`manage.py serve`: the whole site on this machine – database, files, web server and worker – until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from craftpath.delivery.commands.laying import lay_tables

_TABLES = 7_500_218  # of the making of tables; any number that nothing else locks
BESIDE = 10  # ports that one site may take: its own, and one of the next for the packages of courses


class Command(BaseCommand):
    """Prepares (migrations, cache table, static files), then runs granian and the worker side by side."""

    help = "Serve the site with its worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument(
            "--no-work", action="store_true", help="no worker here; `work` runs on another host"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal comes; a worker, or the server of packages, that dies is started again."""
        host, port = options["host"], options["port"]
        _free_or_say(host, port)
        beside = _content_beside(host, port)
        prepare()
        web = [
            *(sys.executable, "-m", "granian", "craftpath.project.wsgi:application"),
            *("--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", str(options["workers"]), "--blocking-threads", "1", "--backlog", "1024"),
            *("--workers-kill-timeout", "3", "--respawn-failed-workers", "--no-ws", "--log-level", "warning"),
        ]
        work = {} if options["no_work"] else {"work": [sys.executable, "manage.py", "work"]}
        others = work | ({"content": beside} if beside else {})
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        self.stdout.write(f"http://{host}:{port}/  (Ctrl-C ends · 按 Ctrl-C 结束)")
        self.stdout.flush()
        processes = {name: subprocess.Popen(words) for name, words in ({"web": web} | others).items()}  # noqa: S603
        try:
            while processes["web"].poll() is None:
                for name, words in others.items():
                    if processes[name].poll() is not None:
                        processes[name] = subprocess.Popen(words)  # noqa: S603
                time.sleep(1)
        except KeyboardInterrupt:
            pass
        finally:
            _end(processes.values())
        if processes["web"].returncode not in (0, None, -signal.SIGTERM, -signal.SIGINT):
            raise CommandError(f"the web server ended with {processes['web'].returncode}")


def _content_beside(host: str, port: int) -> list[str]:
    """What serves packages on one of the next ports, unless they are served somewhere else."""
    if settings.CONTENT_ADDRESS:
        return []
    own = next((one for one in range(port + 1, port + BESIDE) if _is_free(host, one)), None)
    if own is None:
        raise CommandError(f"None of the ports {port + 1}–{port + BESIDE - 1} is free · 这些端口均被占用")
    os.environ["CRAFTPATH_CONTENT_ADDRESS"] = f":{own}"
    return [
        *(sys.executable, "-m", "granian", "craftpath.project.content:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(own), "--workers", "1"),
        *("--blocking-threads", "4", "--workers-kill-timeout", "3", "--respawn-failed-workers"),
        *("--no-ws", "--log-level", "warning"),
    ]


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _free_or_say(host: str, port: int) -> None:
    if not _is_free(host, port):
        raise CommandError(
            f"Port {port} is in use. Stop the other program, or choose: make demo PORT={port + BESIDE}\n"
            f"端口 {port} 已被占用。请停止占用它的程序，或改用：make demo PORT={port + BESIDE}"
        )


def prepare() -> None:
    """Bring database, cache table and static files up to date; quick when there is nothing to do."""
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    with _first_host():
        lay_tables()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    newest = max(
        path.stat().st_mtime
        for entry in settings.STATICFILES_DIRS
        for path in Path(str(entry[1] if isinstance(entry, tuple) else entry)).rglob("*")
    )
    if not stamp.exists() or stamp.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.touch()


@contextmanager
def _first_host() -> Iterator[None]:
    """Of several hosts that start at once one makes the tables; the others wait and find them made."""
    door = connections.create_connection(DEFAULT_DB_ALIAS)
    if door.vendor != "postgresql":
        yield
        return
    try:
        with door.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_TABLES])
        yield
    finally:
        with door.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_TABLES])
        door.close()


def _end(processes: Any) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + 6
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
