"""Where packages lie unpacked, each in a folder of its own: what the content's own origin serves, and nothing else.

A folder appears whole or not at all. It is made from the kept file and may be lost: the worker lays it out again.
"""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from craftpath.delivery.exchange.courses.archive import Archive, Sink, into
from craftpath.kernel import progress


def shelf() -> Path:
    """The folder of all packages."""
    return Path(settings.VAR) / "packages"


def place(public_id: str) -> Path:
    """Where one lies."""
    return shelf() / public_id


def lay_out(archive: Archive, public_id: str) -> None:
    """Unpack a package that was looked at; if it is there already it stays as it is."""
    if place(public_id).is_dir():
        return
    partial = shelf() / f".{public_id}"  # one that a killed worker left is begun anew
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        archive.pour(_counted(into(partial), len(archive.members)))
        partial.replace(place(public_id))
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def take_away(public_id: str) -> None:
    """Forget what was unpacked of a package that is not taken."""
    shutil.rmtree(place(public_id), ignore_errors=True)


def _counted(sink: Sink, total: int) -> Sink:
    """The same sink, which says how far it is."""
    done = count()

    def opened(name: str) -> AbstractContextManager[BinaryIO]:
        progress.step("unpacking", next(done), total)
        return sink(name)

    return opened
