"""The worker: takes a job under a lease, and writes that it is done only while the lease is still its own.

What the library's worker does, with two differences that matter as soon as there are several hosts: the clock is that
of the database, and a worker that was given up for dead and wakes up again can neither write nor end anything.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from traceback import format_exception
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, close_old_connections, transaction
from django.db.models import Q
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception, retry

from craftpath.kernel import leases
from craftpath.kernel.jobs import WHOLE

PREFIX = "job/"  # of the names of leases
INTERVAL = 1.0  # seconds between two looks into an empty queue

_log = logging.getLogger(__name__)


def own_name() -> str:
    """Host, process and a word by chance: a process number comes again."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{get_random_string(6)}"


class LeasedWorker(Worker):
    """Runs jobs until it is stopped, or until none is left."""

    def __init__(self, *, batch: bool, name: str = "") -> None:
        super().__init__(
            queue_names=["default"],
            interval=INTERVAL,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name or own_name(),
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Take one job after another."""
        while self.running:
            close_old_connections()
            try:
                taken = self.take()
            except OperationalError as fault:
                if not is_locked_database_exception(fault):
                    raise
                time.sleep(self.interval)
                continue
            if taken is not None:
                self.carry_out(*taken)
            elif self.batch:
                return
            else:
                close_old_connections()
                time.sleep(self.interval)

    def take(self) -> tuple[Any, leases.Held] | None:
        """The job that is due, and the lease on it; other workers pass over a row that is being taken."""
        with exclusive_transaction(DEFAULT_DB_ALIAS):
            now = leases.clock()
            due = Q(run_after=get_date_max()) | Q(run_after__lte=now)
            ready = DBTaskResult.objects.filter(due, status="READY", backend_name=self.backend_name)
            job = ready.filter(queue_name__in=self.queue_names).get_locked()
            if job is None:
                return None
            job.status, job.started_at = "RUNNING", now
            job.worker_ids = [*job.worker_ids, self.worker_id]
            job.save(update_fields=["status", "started_at", "worker_ids"])
            return job, leases.hold(f"{PREFIX}{job.pk}", len(job.worker_ids), self.worker_id)

    def carry_out(self, job: Any, held: leases.Held) -> None:
        """Run a job and note how it ended, unless somebody else has taken it over meanwhile."""
        self.running_task = True
        try:
            with leases.holding(held):
                try:
                    self._run(job, held)
                except leases.LeaseLost:
                    raise
                except BaseException as fault:
                    _end(job, held, fault=fault)
        except leases.LeaseLost:
            _log.warning("job %s was taken over by another worker; nothing of it is written here", job.pk)
        finally:
            self.running_task = False

    @staticmethod
    def _run(job: Any, held: leases.Held) -> None:
        given = job.args_kwargs
        if job.task_path in WHOLE:
            with transaction.atomic():
                leases.prove()
                job.task.call(*given["args"], **given["kwargs"])
                _note(job, held)
        else:
            job.task.call(*given["args"], **given["kwargs"])
            _end(job, held)


@retry(retries=3)
def _end(job: Any, held: leases.Held, *, fault: BaseException | None = None) -> None:
    with transaction.atomic():
        _note(job, held, fault=fault)


def _note(job: Any, held: leases.Held, *, fault: BaseException | None = None) -> None:
    leases.drop(held)
    DBTaskResult.objects.filter(pk=job.pk).update(
        status="SUCCESSFUL" if fault is None else "FAILED",
        finished_at=leases.clock(),
        return_value=None,
        exception_class_path="" if fault is None else f"{type(fault).__module__}.{type(fault).__qualname__}",
        traceback="" if fault is None else "".join(format_exception(fault)),
    )
