"""Reading from replicas: what a request only looks at may come from a copy of the database that is close enough.

Only the view of a GET at an organisation reads there (the door opens it). Who asks, and what they may see, is asked of
the primary, as is everything inside a transaction, in a job or in a command, and what people were promised to end at
once: roles, links, consents and rules of sharing. A role that has ended opens nothing, on whatever copy.

How far a copy is behind is judged without the clock of any host. Each process notes about once a second how far the
primary has written, and a copy is close enough if it has replayed what stood there `REPLICA_LAG` seconds ago. So a copy
that is cut off falls behind, while one of a site where nothing is written does not.
"""

from __future__ import annotations

import logging
import random
import re
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

EVERY = 1.0  # seconds between two looks at a copy
REST = 10.0  # seconds for which a copy that did not answer is not asked again
FIRST_APPS = {"sessions", "django_cache", "django_tasks_database", "sharing"}
"""Apps that are read where they are written: sign-in, its limits, the queue, what partners see."""
FIRST_TABLES = {"kernel.membership", "kernel.signedlink", "kernel.consentevent", "kernel.client"}
"""Tables that are: what opens something."""

_log = logging.getLogger(__name__)
_reading: ContextVar[str | None] = ContextVar("craftpath_replica", default=None)
_POSITION = re.compile(r"([0-9A-F]{1,8})/([0-9A-F]{1,8})")


class Router:
    """Django's question where to read and write. None leaves it where the row at hand came from: a backup, say."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """The copy that this request reads from, outside of transactions."""
        if _is_elsewhere(hints):
            return None
        alias = _reading.get()
        if alias is None or transaction.get_connection().in_atomic_block:
            return DEFAULT_DB_ALIAS
        first = model._meta.app_label in FIRST_APPS or model._meta.label_lower in FIRST_TABLES
        return DEFAULT_DB_ALIAS if first else alias

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        """The primary, wherever the row was read."""
        return None if _is_elsewhere(hints) else DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        """Rows of the primary and of its copies are rows of one database."""
        own = {DEFAULT_DB_ALIAS, *names()}
        return True if {one._state.db, other._state.db} <= own else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Tables are made on the primary and come to its copies by themselves."""
        return False if db in names() else None


def _is_elsewhere(hints: dict[str, Any]) -> bool:
    state = getattr(hints.get("instance"), "_state", None)
    return state is not None and state.db not in (None, DEFAULT_DB_ALIAS, *names())


def current() -> str | None:
    """The copy that is read from just now, if any."""
    return _reading.get()


def names() -> list[str]:
    """The aliases of the copies."""
    return list(settings.REPLICAS)


@contextmanager
def reading_from(alias: str | None) -> Iterator[None]:
    """Let reads of the block go to this copy; None leaves them with the primary."""
    mark = _reading.set(alias)
    try:
        yield
    finally:
        _reading.reset(mark)


def reader() -> Any:
    """The connection for SQL of one's own that only reads."""
    alias = _reading.get()
    if alias is None or transaction.get_connection().in_atomic_block:
        return connections[DEFAULT_DB_ALIAS]
    return connections[alias]


# ---- How far they are -----------------------------------------------------------------------------


def position(text: str) -> int | None:
    """A place in the log as PostgreSQL writes it (`16/B374D848`), as a number; None for anything else."""
    found = _POSITION.fullmatch(text.upper())
    return (int(found[1], 16) << 32) + int(found[2], 16) if found else None


def written() -> str:
    """How far the primary has written by now: what a reader has to see who has just changed something."""
    return str(_ask(DEFAULT_DB_ALIAS, "SELECT pg_current_wal_insert_lsn()::text"))


@dataclass
class _Copy:
    """What a process knows of one copy."""

    replayed: int = -1
    asked: float = -REST
    rests_until: float = 0.0


@dataclass
class Watch:
    """What a process knows of the primary and its copies; tests make one of their own."""

    lag: float
    copies: dict[str, _Copy] = field(default_factory=dict)
    seen: deque[tuple[float, int]] = field(default_factory=deque)
    """When the primary had written how far: what was noted within the lag, the first of it being what counts."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def choose(self, wanted: int = -1, *, now: float | None = None) -> str | None:
        """A copy that is close enough and has what this reader has written; None if there is none."""
        now = time.monotonic() if now is None else now
        aliases = names()
        random.shuffle(aliases)
        if not aliases:
            return None
        self._look_at_primary(now)
        for alias in aliases:
            with self.lock:
                copy = self.copies.setdefault(alias, _Copy())
                if copy.rests_until > now:
                    continue
                due = now - copy.asked >= EVERY or copy.replayed < wanted
                if due:
                    copy.asked = now
            if due and not self._look_at(alias, copy, now):
                continue
            if copy.replayed >= max(wanted, self.least()):
                return alias
        return None

    def least(self) -> int:
        """How far a copy has to be: where the primary was as long ago as copies may lag, or a little later."""
        return self.seen[0][1] if self.seen else 0

    def leave_aside(self, alias: str, *, now: float | None = None) -> None:
        """A copy that has failed is not asked for a while."""
        now = time.monotonic() if now is None else now
        with self.lock:
            self.copies.setdefault(alias, _Copy()).rests_until = now + REST
        _log.warning("the replica %s does not answer; it is left aside for %d s", alias, REST)

    def _look_at_primary(self, now: float) -> None:
        with self.lock:
            if self.seen and now - self.seen[-1][0] < EVERY:
                return
        place = position(written())
        with self.lock:
            if place is not None:
                self.seen.append((now, place))
            # After a quiet hour nothing is left but what was noted just now, and a copy has to have just that.
            while len(self.seen) > 1 and self.seen[0][0] < now - self.lag:
                self.seen.popleft()

    def _look_at(self, alias: str, copy: _Copy, now: float) -> bool:
        try:
            found = _ask(alias, "SELECT pg_last_wal_replay_lsn()::text")
        except DatabaseError:
            connections[alias].close()
            self.leave_aside(alias, now=now)
            return False
        place = position(str(found))
        with self.lock:
            copy.replayed = -1 if place is None else place
        return True


def _ask(alias: str, sql: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


_watch: Watch | None = None


def watch() -> Watch:
    """The one of this process."""
    global _watch  # noqa: PLW0603  # one process watches once
    if _watch is None:
        _watch = Watch(float(settings.REPLICA_LAG))
    return _watch
