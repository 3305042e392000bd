"""How far a long job is, kept in a file of its own and never in the database.

A commit is one transaction, and an embedded database has one writer: what is written inside is seen by nobody until
all of it is there, and a second connection would wait for the first for ever. So the counter goes beside the kept
files, which web server and worker share anyway. It is a courtesy: losing it loses nothing.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

EVERY = 0.25  # seconds between two looks at the counter
KEPT = 24 * 3600  # seconds that a counter outlives its job
# How the time of a long job was shared by its phases when it was measured (docs/bench.md).
SHARES = {
    "check": (("reading", 0.4), ("checking", 0.6)),
    "commit": (("reading", 0.1), ("checking", 0.15), ("writing", 0.75)),
    "print": (("printing", 0.97), ("packing", 0.03)),
    "assemble": (("assembling", 1.0),),
    "draft": (("choosing", 0.25), ("reasons", 0.55), ("gains", 0.2)),
    "allowances": (("gathering", 0.5), ("working", 0.2), ("writing", 0.3)),
    "pack": (("gathering", 0.9), ("packing", 0.1)),
    "package": (("reading", 0.1), ("unpacking", 0.9)),
    "catalogue": (("reading", 0.4), ("lines", 0.6)),
    "appraise": (("results", 0.15), ("logs", 0.3), ("voices", 0.05), ("computing", 0.5)),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """A job on its way: what it does, how many of how many, and since when (seconds of the clock)."""

    task: str
    phase: str
    done: int
    total: int
    began: float
    at: float

    @property
    def share(self) -> float:
        """How much of the whole is done, 0 to 1."""
        before = 0.0
        for phase, weight in SHARES.get(self.task, ()):
            if phase == self.phase:
                return before + weight * (min(self.done / self.total, 1.0) if self.total else 0.0)
            before += weight
        return before

    @property
    def left(self) -> int | None:
        """Seconds to go, if so much is done that it can be guessed."""
        spent = self.at - self.began
        return round(spent / self.share - spent) if self.share > 0.05 and spent > 1 else None


@dataclass(slots=True)
class _Counter:
    file: Path
    task: str
    began: float
    phase: str = ""
    written: float = 0.0


_counter: ContextVar[_Counter | None] = ContextVar("craftpath_progress", default=None)


def folder() -> Path:
    """Where counters lie."""
    return Path(settings.MEDIA_ROOT) / "work"


@contextmanager
def counting(name: str, task: str) -> Iterator[None]:
    """Count the steps of the block under this name; the file goes with the block."""
    file = folder() / f"{name}.json"
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
    token = _counter.set(_Counter(file, task, time.time()))
    try:
        yield
    finally:
        _counter.reset(token)
        with suppress(OSError):
            file.unlink(missing_ok=True)


def step(phase: str, done: int, total: int) -> None:
    """Say how far the job is; costs next to nothing where nobody counts."""
    counter = _counter.get()
    if counter is None:
        return
    now = time.time()
    if phase == counter.phase and now - counter.written < EVERY:
        return
    counter.phase, counter.written = phase, now
    said = Progress(counter.task, phase, done, total, counter.began, now)
    partial = counter.file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a full disk must not stop the job
        partial.write_text(json.dumps(asdict(said)), encoding="ascii")
        partial.replace(counter.file)


def progress_of(name: str) -> Progress | None:
    """How far the job of this name is; None if it has not begun or nobody knows."""
    try:
        return Progress(**json.loads((folder() / f"{name}.json").read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return None


def tidy_up(now: float) -> None:
    """Take away what killed workers left behind."""
    with suppress(OSError):
        for file in folder().iterdir():
            if file.stat().st_mtime < now - KEPT:
                file.unlink(missing_ok=True)
