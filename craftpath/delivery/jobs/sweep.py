"""Jobs of a worker that was killed: put back into the queue, a few times, then given up for somebody to see."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

LIMIT = timedelta(minutes=15)  # no job of ours may run longer
TRIES = 5


def sweep(*, at: datetime, limit: timedelta = LIMIT) -> tuple[int, int]:
    """Requeue jobs that have been running for longer than `limit`; returns (requeued, given up)."""
    requeued = given_up = 0
    with transaction.atomic():
        stuck = DBTaskResult.objects.running().filter(started_at__lt=at - limit).select_for_update()
        for job in stuck.order_by("pk"):
            if len(job.worker_ids) >= TRIES:
                job.status, job.finished_at = "FAILED", at
                job.traceback = f"given up after {TRIES} workers were killed while running it"
                given_up += 1
            else:
                job.status, job.started_at = "READY", None
                requeued += 1
            job.save(update_fields=["status", "started_at", "finished_at", "traceback"])
    return requeued, given_up
