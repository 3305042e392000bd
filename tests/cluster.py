"""An empty PostgreSQL cluster while it is needed; the whole suite on it: `python -m tests.cluster [words of pytest]`.

The cluster listens on a socket in its own folder only, and is gone afterwards. It is tuned for tests: nothing is safe
against a loss of power, and statistics are taken at once, since tables here are filled and emptied by the second.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
MISSING = "PostgreSQL is not on this machine; `make system` installs it"
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "max_connections": "200",
    "autovacuum_naptime": "1",
    "autovacuum_vacuum_cost_delay": "0",
    "autovacuum_vacuum_scale_factor": "0.02",
}
WITHOUT = [
    *("--deselect", "tests/house/test_postgres.py"),  # it would make a second cluster
    *("--deselect", "tests/kernel/test_points.py"),  # its sites are processes with files of their own
]


def _as_postgres(*words: str) -> list[str]:
    """PostgreSQL refuses to run as root, so root hands over to the package's own user."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@contextmanager
def cluster(**other: str) -> Iterator[str]:
    """The address of an empty cluster, as `CRAFTPATH_DATABASE_URL` takes it; FileNotFoundError without PostgreSQL.

    `other` settings of the server come over those for tests.
    """
    if not INSTALLED:
        raise FileNotFoundError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="craftpath-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    control, place = str(INSTALLED[-1].with_name("pg_ctl")), str(folder / "cluster")
    try:
        made = ["-U", "craftpath", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"]
        _run(_as_postgres(str(INSTALLED[-1]), "-D", place, *made), folder)
        settings = SETTINGS | {"unix_socket_directories": str(folder)} | other
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = str(folder / "log")
        _run(_as_postgres(control, "-D", place, "-o", options, "-w", "-l", log, "start"), folder)
        yield f"postgres://craftpath@/craftpath?host={folder}"
    finally:
        stop = _as_postgres(control, "-D", place, "-m", "immediate", "stop")
        subprocess.run(stop, check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def replica(address: str, **other: str) -> Iterator[str]:
    """The address of a copy of the cluster at this address, which follows it by streaming."""
    primary = Path(address.partition("?host=")[2])
    folder = Path(tempfile.mkdtemp(prefix="craftpath-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    copy, control = str(INSTALLED[-1].with_name("pg_basebackup")), str(INSTALLED[-1].with_name("pg_ctl"))
    place = str(folder / "cluster")
    try:
        copied = ["-U", "craftpath", "-h", str(primary), "-X", "stream", "-c", "fast", "-R"]
        _run(_as_postgres(copy, "-D", place, *copied), folder)
        settings = SETTINGS | {"unix_socket_directories": str(folder)} | other
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        _run(
            _as_postgres(control, "-D", place, "-o", options, "-w", "-l", str(folder / "log"), "start"),
            folder,
        )
        yield f"postgres://craftpath@/craftpath?host={folder}"
    finally:
        stop = _as_postgres(control, "-D", place, "-m", "immediate", "stop")
        subprocess.run(stop, check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def create(address: str) -> None:
    """Make the empty database that the address names."""
    host, name = address.partition("?host=")[2], address.partition("?")[0].rpartition("/")[2]
    made = str(INSTALLED[-1].with_name("createdb"))
    subprocess.run([made, "-h", host, "-U", "craftpath", name], check=True, capture_output=True)


def process_of(address: str) -> int:
    """The server's process, for tests that kill it."""
    file = Path(address.partition("?host=")[2]) / "cluster" / "postmaster.pid"
    return int(file.read_text(encoding="ascii").splitlines()[0])


def _run(words: list[str], folder: Path) -> None:
    subprocess.run(words, check=True, capture_output=True, cwd=folder)


def pytest_on(address: str, *words: str, quietly: bool = False) -> subprocess.CompletedProcess[str]:
    """Run pytest in a process of its own against the database at this address."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT,
        env={**os.environ, "CRAFTPATH_DATABASE_URL": address},
        capture_output=quietly,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    try:
        with cluster() as address:
            sys.exit(pytest_on(address, *WITHOUT, *sys.argv[1:]).returncode)
    except FileNotFoundError as missing:
        sys.exit(str(missing))
