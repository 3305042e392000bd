"""The same record on PostgreSQL: a cluster made for this test runs the tests of kernel and nouns."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
WANTED = ["tests/kernel", "tests/domain", "tests/house/test_scope.py"]


def _as_postgres(*words: str) -> list[str]:
    """PostgreSQL refuses to run as root, so root hands over to the package's own user."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@pytest.fixture
def server() -> Iterator[str]:
    """The address of an empty cluster that listens on a socket in its own folder only."""
    if not INSTALLED:
        sentence = "PostgreSQL is not on this machine; `make system` installs it"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    folder = Path(tempfile.mkdtemp(prefix="craftpath-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    control = str(INSTALLED[-1].with_name("pg_ctl"))
    cluster = str(folder / "cluster")
    quiet = {"check": True, "capture_output": True, "cwd": folder}
    try:
        subprocess.run(
            _as_postgres(
                str(INSTALLED[-1]),
                "-D",
                cluster,
                "-U",
                "craftpath",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-A",
                "trust",
            ),
            **quiet,
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run(
            _as_postgres(control, "-D", cluster, "-o", options, "-w", "-l", str(folder / "log"), "start"),
            **quiet,
        )
        yield f"postgres://craftpath@/craftpath?host={folder}"
    finally:
        subprocess.run(
            _as_postgres(control, "-D", cluster, "-m", "immediate", "stop"), check=False, capture_output=True
        )
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.timeout(600)
def test_kernel_and_nouns_keep_their_word_on_postgresql(server: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *WANTED, "-q", "-x", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env={**os.environ, "CRAFTPATH_DATABASE_URL": server},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
