"""Leases: who works at what just now, by the clock of the database, and a fence against what comes too late.

A holder that falls silent loses its lease, and somebody else takes it. Should the first one wake up again, the next
action that it begins finds the lease gone and writes nothing. An action that has begun keeps its lease to the end:
it holds the row, and whoever wants to take the lease away must wait for the commit.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, connections, models, transaction
from django.utils import timezone

_log = logging.getLogger(__name__)


class Lease(models.Model):
    """One thing that only one may do at a time. The token tells its holders apart, one after another."""

    name = models.CharField(max_length=80, unique=True)
    token = models.PositiveIntegerField()
    holder = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return f"{self.name} of {self.holder}"


class LeaseLost(RuntimeError):
    """Somebody else has taken over what this one was slow to finish: nothing of it may be written any more."""


@dataclass(frozen=True, slots=True)
class Held:
    """A lease as its holder knows it."""

    name: str
    token: int


_held: ContextVar[Held | None] = ContextVar("craftpath_lease", default=None)


def clock() -> datetime:
    """What time it is for all hosts: that of the database, or of this machine where it holds the file."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def span() -> timedelta:
    """How long a lease goes on without a sign of life."""
    return timedelta(seconds=settings.LEASE)


def hold(name: str, token: int, holder: str) -> Held:
    """Begin a lease that nobody has; call it in the transaction that says so."""
    now = clock()
    Lease.objects.create(name=name, token=token, holder=holder, began_at=now, ends_at=now + span())
    return Held(name, token)


def take(name: str, holder: str, *, every: timedelta = timedelta(0)) -> Held | None:
    """Take a turn that comes once in `every` over all hosts; None while somebody has it, or had it lately."""
    with transaction.atomic():
        now = clock()
        first = Lease(name=name, token=0, holder="", began_at=now - every, ends_at=now)
        Lease.objects.bulk_create([first], ignore_conflicts=True)
        row = Lease.objects.select_for_update(skip_locked=True).filter(name=name).first()
        if row is None or row.ends_at > now or row.began_at > now - every:
            return None
        row.token, row.holder, row.began_at, row.ends_at = row.token + 1, holder, now, now + span()
        row.save(update_fields=["token", "holder", "began_at", "ends_at"])
    return Held(name, row.token)


def extend(held: Held) -> bool:
    """Give a sign of life; False if the lease has gone to somebody else."""
    return bool(Lease.objects.filter(name=held.name, token=held.token).update(ends_at=clock() + span()))


def end(held: Held) -> None:
    """Let the next one have its turn when it comes."""
    Lease.objects.filter(name=held.name, token=held.token).update(ends_at=clock())


def drop(held: Held) -> None:
    """Give a lease back for good; `LeaseLost` if it has gone to somebody else."""
    if not Lease.objects.filter(name=held.name, token=held.token).delete()[0]:
        raise LeaseLost(held.name)


def prove() -> None:
    """Refuse to go on without the lease under which this is done, and keep it until the open transaction ends."""
    held = _held.get()
    if held is None:
        return
    sql = "SELECT 1 FROM kernel_lease WHERE name = %s AND token = %s"
    if connection.vendor == "postgresql":
        sql += " FOR KEY SHARE"  # signs of life go past it; taking over does not
    with connection.cursor() as cursor:
        cursor.execute(sql, [held.name, held.token])
        if cursor.fetchone() is None:
            raise LeaseLost(held.name)


@contextmanager
def holding(held: Held) -> Iterator[Held]:
    """Do something under a lease: every action proves it, and signs of life are given meanwhile."""
    mark = _held.set(held)
    over = threading.Event()
    beats = threading.Thread(target=_beat, args=(held, over), daemon=True)
    # A file has one worker, which needs no sign of its own life and would wait for its own transaction to give it.
    if connection.vendor == "postgresql":
        beats.start()
    try:
        yield held
    finally:
        over.set()
        _held.reset(mark)


def _beat(held: Held, over: threading.Event) -> None:
    try:
        while not over.wait(settings.LEASE / 4):
            try:
                if not extend(held):
                    return
            except DatabaseError:  # the next sign may come through; without any the lease ends, as it should
                _log.warning("no sign of life for %s", held.name, exc_info=True)
                connections.close_all()
    finally:
        connections.close_all()


@contextmanager
def turn(name: str, holder: str, *, every: timedelta = timedelta(0)) -> Iterator[bool]:
    """Whether it is this one's turn; it lasts as long as the block."""
    held = take(name, holder, every=every)
    if held is None:
        yield False
        return
    try:
        with holding(held):
            yield True
    finally:
        end(held)
