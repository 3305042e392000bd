"""`craftpath backup` and `craftpath restore`: doors to the management commands of the same names."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any


def add_to(commands: Any) -> None:
    """Register both; Django is loaded only when one of them runs."""
    backup = commands.add_parser(
        "backup", help="back up the whole site into one file", description=_about("backup")
    )
    backup.add_argument("--out", type=Path, metavar="FILE", help="the file to write; never one that is there")
    backup.add_argument("--check", type=Path, metavar="FILE", help="prove this backup instead of making one")
    backup.add_argument("--with-secret", action="store_true", help="put the secret key in too")
    backup.set_defaults(run=_run, command="backup")
    restore = commands.add_parser("restore", help="restore a backup", description=_about("restore"))
    restore.add_argument("file", type=Path, metavar="FILE", help="a backup")
    restore.add_argument("--replace", action="store_true", help="replace what is here, after a backup of it")
    restore.set_defaults(run=_run, command="restore")


def _about(name: str) -> str:
    return f"`craftpath {name}`: for the site that `CRAFTPATH_VAR` and `CRAFTPATH_DATABASE_URL` name."


def _run(arguments: argparse.Namespace) -> int:
    import django  # noqa: PLC0415  (the other headless commands do without it)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craftpath.project.settings")
    django.setup()
    from craftpath.delivery.commands.backup.command import back_up, put_back  # noqa: PLC0415
    from craftpath.delivery.commands.backup.sentences import BackupRefused  # noqa: PLC0415

    try:
        said = {"backup": back_up, "restore": put_back}[arguments.command](vars(arguments))
    except BackupRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    sys.stdout.write("".join(f"{sentence}\n" for sentence in said))
    return 0
