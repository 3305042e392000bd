"""What the two commands do, whichever way they are called."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from craftpath.delivery.commands.backup.checking import Checked, check
from craftpath.delivery.commands.backup.putting import restore
from craftpath.delivery.commands.backup.sentences import SENTENCES
from craftpath.delivery.commands.backup.taking import take
from craftpath.delivery.commands.speech import Bare, say


def back_up(options: dict[str, Any]) -> list[str]:
    """Back up, or check a backup; the sentences to print."""
    if options["check"]:
        return [_sound(check(options["check"]))]
    now = timezone.now()
    target = options["out"] or Path(f"craftpath-{now:%Y%m%d-%H%M%S}.zip")
    taken = take(target, at=now, with_secret=options["with_secret"])
    secret = Bare(say(SENTENCES, "within" if options["with_secret"] else "without"))
    size = Bare(f"{taken.size / 1e6:.1f}")
    said = [
        say(
            SENTENCES, "taken", rows=taken.rows, files=taken.files, file=str(target), size=size, secret=secret
        )
    ]
    if taken.lost:
        said.append(say(SENTENCES, "lost", count=len(taken.lost), example=taken.lost[0]))
    return said


def _sound(found: Checked) -> str:
    return say(
        SENTENCES,
        "sound",
        file=str(found.file),
        rows=found.rows,
        files=found.files,
        when=Bare(found.when),
        version=Bare(found.manifest["version"]),
    )


def put_back(options: dict[str, Any]) -> list[str]:
    """Restore; the sentences to print."""
    done = restore(options["file"], at=timezone.now(), replace=options["replace"])
    said = [say(SENTENCES, "restored", rows=done.rows, files=done.files, when=Bare(done.when))]
    if done.before is not None:
        said.append(say(SENTENCES, "replaced", file=str(done.before)))
    return said


def backup_arguments(parser: ArgumentParser) -> None:
    """Of `backup`."""
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file to write; never one that is there")
    parser.add_argument("--check", type=Path, metavar="FILE", help="prove this backup instead of making one")
    parser.add_argument(
        "--with-secret",
        action="store_true",
        help="put the secret key in too; then keep the file like the key",
    )


def restore_arguments(parser: ArgumentParser) -> None:
    """Of `restore`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup")
    parser.add_argument(
        "--replace", action="store_true", help="replace what is here, after a backup of it in var/backups"
    )
