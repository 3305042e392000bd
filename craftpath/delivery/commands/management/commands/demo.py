"""`manage.py demo`: fill an empty database with the demo; a demo that has grown old is made anew."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction
from django.utils import timezone

from craftpath.delivery.commands.demo.building import awake, build
from craftpath.delivery.commands.management.commands.serve import prepare
from craftpath.delivery.jobs.search.following import look_through
from craftpath.domain.counts.following import look_through as count_all
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere

OLD = timedelta(days=14)  # after that its weeks look stale


class Command(BaseCommand):
    """Only for a demo site: it never touches a database that holds anything else."""

    help = "Make the demo's people and records."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--fresh` makes it anew."""
        parser.add_argument("--fresh", action="store_true", help="forget what was tried out and begin again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it unless it is there and young."""
        if not settings.DEMO:
            raise CommandError("This is no demo site (CRAFTPATH_DEMO is not set).")
        prepare()
        with everywhere("the demo is made from nothing"):
            if Organisation.objects.exists():
                last = AuditEntry.objects.order_by("at").last()
                if not options["fresh"] and last and timezone.now() - last.at < OLD:
                    return
                self._forget()
                prepare()
            self.stdout.write("Making the demo · 正在生成演示数据 …")
            with transaction.atomic():
                build(at=awake(timezone.now()))
            look_through(timezone.localdate())
            count_all(timezone.localdate())

    def _forget(self) -> None:
        """Remove the demo's own SQLite file; another database is for its owner to empty."""
        database = settings.DATABASES["default"]
        if "sqlite" not in str(database["ENGINE"]):
            raise CommandError("Empty the demo's database first, then run this again.")
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{database['NAME']}{suffix}").unlink(missing_ok=True)
