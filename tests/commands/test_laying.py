"""Tables that are laid at once: those that all migrations make, one after another, and nothing left to migrate."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.fresh import ROOT

BEGIN = """
import django
django.setup()
from django.core.management import call_command
from craftpath.delivery.commands.laying import lay_tables
"""
LAY = "print(lay_tables())\n"
MIGRATE = 'call_command("migrate", verbosity=0)\n'
PLAN = 'call_command("migrate", plan=True)\n'
# SQLite's own, and how far numbers were counted.
OWN = re.compile(r"sqlite_")


def _said(folder: Path, program: str) -> str:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFTPATH_", "DJANGO_"))
    }
    surroundings = {
        **kept,
        "CRAFTPATH_VAR": str(folder),
        "CRAFTPATH_SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "craftpath.project.settings",
    }
    words = [sys.executable, "-W", "ignore", "-c", BEGIN + program]
    folder.mkdir(exist_ok=True)
    done = subprocess.run(words, cwd=ROOT, env=surroundings, check=True, capture_output=True, text=True)
    return done.stdout


def _tables(folder: Path) -> dict[tuple[str, str], Any]:
    """Columns in any order, foreign keys, constraints and indexes; what is unique as well."""
    found: dict[tuple[str, str], Any] = {}
    with closing(sqlite3.connect(folder / "craftpath.sqlite3")) as held:
        for kind, name, sql in held.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
            if OWN.match(name):
                continue
            if kind == "table":
                columns = sorted(row[1:] for row in held.execute(f'PRAGMA table_info("{name}")'))
                keys = sorted(row[2:] for row in held.execute(f'PRAGMA foreign_key_list("{name}")'))
                said = re.findall(r'CONSTRAINT "[^"]+" .*?(?=, CONSTRAINT|\)$)', sql)
                found[kind, name] = columns, keys, sorted(said), "AUTOINCREMENT" in sql
            else:
                found[kind, name] = sql
    return found


def test_they_are_those_of_the_migrations(tmp_path: Path) -> None:
    laid = _said(tmp_path / "laid", LAY + PLAN)
    assert laid.splitlines()[0] == "True"
    assert "No planned migration operations." in laid
    _said(tmp_path / "steps", MIGRATE)
    one, other = _tables(tmp_path / "laid"), _tables(tmp_path / "steps")
    assert one.keys() == other.keys()
    assert {name for name in one if one[name] != other[name]} == set()
    assert len(one) > 500


def test_where_there_is_a_table_nothing_is_laid(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "craftpath.sqlite3")) as held:
        held.execute("CREATE TABLE somebodys (id INTEGER)")
    assert _said(tmp_path, LAY) == "False\n"
    assert set(_tables(tmp_path)) == {("table", "somebodys")}
