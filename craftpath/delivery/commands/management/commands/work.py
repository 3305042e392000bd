"""`manage.py work`: run jobs, put back those of a killed worker, and keep house in turn with other workers."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection, connections

from craftpath.delivery.jobs.housekeeping import keep_house
from craftpath.delivery.jobs.sweep import sweep
from craftpath.delivery.jobs.working import LeasedWorker
from craftpath.kernel import leases

EVERY = timedelta(seconds=60)  # between two sweeps, and between two turns of housekeeping over all hosts
HOUSE = "house"

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Runs until it is stopped. One worker for SQLite; for PostgreSQL as many as wanted, on as many hosts."""

    help = "Run jobs from the queue."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--batch` runs what is there and ends."""
        parser.add_argument("--batch", action="store_true", help="run what is queued, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, then work, sweeping again every minute."""
        # Embedded, this is the only worker: whatever is marked as running was left by a dead one.
        alone = connection.vendor == "sqlite"
        worker = LeasedWorker(batch=options["batch"])
        sweep(at=leases.clock(), alone=alone)
        # What came due while no worker ran; whoever runs a batch wants to see it done.
        keep_house_in_turn(worker.worker_id, every=timedelta(0) if alone or options["batch"] else EVERY)
        worker.configure_signals()
        stop = threading.Event()
        threading.Thread(target=_keep_sweeping, args=(stop, worker.worker_id), daemon=True).start()
        try:
            worker.run()
        finally:
            stop.set()


def keep_house_in_turn(name: str, *, every: timedelta = EVERY) -> bool:
    """Keep house if nobody does, and nobody has within `every`, on whatever host."""
    with leases.turn(HOUSE, name, every=every) as mine:
        if mine:
            keep_house(leases.clock())
    return mine


def _keep_sweeping(stop: threading.Event, name: str) -> None:
    while not stop.wait(min(EVERY, leases.span()).total_seconds()):
        close_old_connections()
        try:
            # The one worker of a file sweeps when it starts: what runs now is its own.
            if connection.vendor != "sqlite":
                sweep(at=leases.clock())
            keep_house_in_turn(name)
        except Exception:  # the next minute comes; what failed is seen in the log
            _log.exception("what a worker does each minute has failed")
    connections.close_all()
