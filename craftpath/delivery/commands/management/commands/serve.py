"""`manage.py serve`: the whole site on this machine – database, files, web server and worker – until Ctrl-C."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from craftpath.delivery.commands.laying import lay_tables


class Command(BaseCommand):
    """Prepares (migrations, cache table, static files), then runs granian and the worker side by side."""

    help = "Serve the site with its worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal comes; a worker that dies is started again."""
        host, port = options["host"], options["port"]
        _free_or_say(host, port)
        prepare()
        web = [
            *(sys.executable, "-m", "granian", "craftpath.project.wsgi:application"),
            *("--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", str(options["workers"]), "--blocking-threads", "1", "--backlog", "1024"),
            *("--workers-kill-timeout", "3", "--respawn-failed-workers", "--no-ws", "--log-level", "warning"),
        ]
        work = [sys.executable, "manage.py", "work"]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        self.stdout.write(f"http://{host}:{port}/  (Ctrl-C ends · 按 Ctrl-C 结束)")
        self.stdout.flush()
        processes = {"web": subprocess.Popen(web), "work": subprocess.Popen(work)}  # noqa: S603
        try:
            while processes["web"].poll() is None:
                if processes["work"].poll() is not None:
                    processes["work"] = subprocess.Popen(work)  # noqa: S603
                time.sleep(1)
        except KeyboardInterrupt:
            pass
        finally:
            _end(processes.values())
        if processes["web"].returncode not in (0, None, -signal.SIGTERM, -signal.SIGINT):
            raise CommandError(f"the web server ended with {processes['web'].returncode}")


def _free_or_say(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise CommandError(
                f"Port {port} is in use. Stop the other program, or choose: make demo PORT=8001\n"
                f"端口 {port} 已被占用。请停止占用它的程序，或改用：make demo PORT=8001"
            ) from fault


def prepare() -> None:
    """Bring database, cache table and static files up to date; quick when there is nothing to do."""
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
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
