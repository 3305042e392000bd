"""Until which moment everything that was stored can be read: what is still being written is not forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

LOCK = 7_351_041
"""The number under which transactions say that they are storing statements; any number that nobody else uses."""


def begin_storing() -> datetime:
    """The moment of storing. From now to the end of its transaction `stored_through` does not pass it.

    On SQLite one transaction writes at a time, and from its first question on.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s), clock_timestamp()", [LOCK])
        return cursor.fetchone()[1]  # type: ignore[no-any-return]


def stored_through() -> datetime:
    """A moment before which nothing will be stored any more, but by whoever asks: they see what they wrote."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(  # who holds the lock is asked first: seldom anybody does, and to look at all sessions is dear
            "SELECT clock_timestamp(), (SELECT min(a.xact_start) FROM pg_locks l, pg_stat_get_activity(l.pid) a"
            " WHERE l.locktype = 'advisory' AND l.objid = %s AND l.classid = 0 AND l.pid <> pg_backend_pid()"
            " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [LOCK],
        )
        now, earliest = cursor.fetchone()
    return now if earliest is None else earliest - timedelta(microseconds=1)  # type: ignore[no-any-return]
