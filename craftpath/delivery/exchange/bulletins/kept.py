"""Papers that were printed once and are handed out again: one for each bulletin, named by what stands on it.

Whoever takes a yes back changes what stands on it, so the paper is another one and the old one is forgotten.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from craftpath.delivery.exchange.bulletins.paper import paper
from craftpath.delivery.exchange.bulletins.proving import printed
from craftpath.delivery.exchange.bulletins.sheet import Sheet


def kept_paper(public_id: str, sheet: Sheet, address: str) -> bytes:
    """The PDF, printed if it is not there; many who ask at once wait for one printing."""
    name = hashlib.sha256(paper(sheet, address).encode()).hexdigest()[:32]
    found = _folder(public_id) / f"{name}.pdf"
    if found.is_file():
        return found.read_bytes()
    with _in_line(public_id):
        if found.is_file():
            return found.read_bytes()
        made = printed(sheet, address)
        for old in found.parent.glob("*.pdf"):
            old.unlink(missing_ok=True)
        fresh = found.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(made)
        fresh.replace(found)
        return made


def forget_papers(public_id: str) -> None:
    """Forget what was printed of a bulletin: somebody took a yes back, or it was withdrawn."""
    shutil.rmtree(_folder(public_id), ignore_errors=True)


def _folder(public_id: str) -> Path:
    return Path(settings.VAR) / "bulletins" / public_id


@contextmanager
def _in_line(public_id: str) -> Iterator[None]:
    folder = _folder(public_id)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "line").open("w") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield
