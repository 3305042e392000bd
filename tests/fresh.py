"""A migrated, empty SQLite database without the wait: made once for a state of the migrations, then copied.

Making it takes some seconds, and a run of the tests opens a dozen new sites.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NAME = "craftpath.sqlite3"
MIGRATE = """
import django
django.setup()
from django.core.management import call_command
from craftpath.delivery.commands.laying import lay_tables
lay_tables()
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
"""


def template() -> Path:
    """The file to copy. Two processes that make it at once make the same, and the last one in place is whole."""
    kept = Path(tempfile.gettempdir()) / f"craftpath-migrated-{_state()}.sqlite3"
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            _migrate(Path(folder))
            own = kept.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(Path(folder) / NAME)) as made, closing(sqlite3.connect(own)) as copy:
                made.backup(copy)  # with what the write-ahead log still holds
            own.replace(kept)
    return kept


def set_down(folder: Path) -> None:
    """Put the database into the folder of a site."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template(), folder / NAME)


def pour(into: Any) -> None:
    """Fill an open, empty SQLite connection of Django's."""
    into.ensure_connection()
    with closing(sqlite3.connect(template())) as made:
        made.backup(into.connection)


def _state() -> str:
    """What the tables come from: the migrations of the project, and the libraries by their locked versions."""
    parts = sorted((ROOT / "craftpath").rglob("migrations/*.py"))
    parts.append(ROOT / "requirements" / "base.txt")
    said = hashlib.sha256()
    for path in parts:
        said.update(str(path.relative_to(ROOT)).encode())
        said.update(path.read_bytes())
    return said.hexdigest()[:16]


def _migrate(folder: Path) -> None:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFTPATH_", "DJANGO_"))
    }
    surroundings = {
        **kept,
        "CRAFTPATH_VAR": str(folder),
        "CRAFTPATH_SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "craftpath.project.settings",
    }
    subprocess.run([sys.executable, "-W", "ignore", "-c", MIGRATE], cwd=ROOT, env=surroundings, check=True)
