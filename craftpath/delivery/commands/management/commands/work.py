"""`manage.py work`: run jobs, and put back those of a killed worker."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone

from craftpath.delivery.jobs.bodies import keep_house
from craftpath.delivery.jobs.sweep import LIMIT, sweep

EVERY = 60  # seconds between two sweeps


class Command(BaseCommand):
    """Runs until it is stopped. One worker for SQLite, as many as wanted for PostgreSQL."""

    help = "Run jobs from the queue."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--batch` runs what is there and ends."""
        parser.add_argument("--batch", action="store_true", help="run what is queued, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, then work, sweeping again every minute."""
        # Embedded, this is the only worker: whatever is marked as running was left by a dead one.
        alone = connection.vendor == "sqlite"
        sweep(at=timezone.now(), limit=timedelta(0) if alone else LIMIT)
        keep_house(timezone.now())  # what came due while no worker ran
        stop = threading.Event()
        sweeper = threading.Thread(target=self._keep_sweeping, args=(stop,), daemon=True)
        sweeper.start()
        try:
            call_command("db_worker", batch=options["batch"], startup_delay=False, reload=False, verbosity=0)
        finally:
            stop.set()

    @staticmethod
    def _keep_sweeping(stop: threading.Event) -> None:
        while not stop.wait(EVERY):
            close_old_connections()
            sweep(at=timezone.now())
            keep_house(timezone.now())
