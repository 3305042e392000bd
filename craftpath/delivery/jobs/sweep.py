"""Jobs of a worker that was killed: put back into the queue, a few times, then given up for somebody to see."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from craftpath.delivery.jobs.working import PREFIX
from craftpath.kernel.leases import Lease

LIMIT = timedelta(minutes=15)  # of a job without a lease, which an earlier version of the program has begun
TRIES = 5


def sweep(*, at: datetime, limit: timedelta = LIMIT, alone: bool = False) -> tuple[int, int]:
    """Requeue jobs whose lease is over; returns (requeued, given up). Whoever is `alone` takes every running one.

    A worker in the middle of a transaction holds its lease's row: that job is passed over until it has ended.
    """
    requeued = given_up = 0
    for pk in list(DBTaskResult.objects.running().order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            job = _left_behind(pk, at, limit, alone=alone)
            if job is None:
                continue
            if len(job.worker_ids) >= TRIES:
                job.status, job.finished_at = "FAILED", at
                job.traceback = f"given up after {TRIES} workers were killed while running it"
                given_up += 1
            else:
                job.status, job.started_at = "READY", None
                requeued += 1
            job.save(update_fields=["status", "started_at", "finished_at", "traceback"])
    return requeued, given_up


def _left_behind(pk: UUID, at: datetime, limit: timedelta, *, alone: bool) -> DBTaskResult | None:
    """The job, held, if nobody is at work on it; its lease is gone with that."""
    name = f"{PREFIX}{pk}"
    if Lease.objects.filter(name=name).exists():
        lease = Lease.objects.select_for_update(skip_locked=True).filter(name=name).first()
        if lease is None or not (alone or lease.ends_at <= at):
            return None
        lease.delete()
        young = False
    else:
        young = not alone
    jobs = DBTaskResult.objects.running().select_for_update(skip_locked=True)
    if young:
        jobs = jobs.filter(started_at__lt=at - limit)
    return jobs.filter(pk=pk).first()
