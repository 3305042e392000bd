"""`manage.py index`: look through everything that can be found, and mend what the index says of it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from craftpath.delivery.jobs.search.following import begin_anew, look_through
from craftpath.kernel.search.entries import SearchEntry
from craftpath.kernel.tenancy import everywhere


class Command(BaseCommand):
    """A worker does this once a day by itself. When it is stopped, the next call goes on from there."""

    help = "Look through everything that can be found and mend the index."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--empty` begins with nothing."""
        parser.add_argument("--empty", action="store_true", help="forget the index first, then write it anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write batch by batch; the site may be in use meanwhile."""
        if options["empty"]:
            SearchEntry.objects.all().delete()
        with everywhere("what can be found is kept for every organisation"):
            begin_anew()
            look_through(timezone.localdate())
        self.stdout.write(f"{SearchEntry.objects.count()} entries · 条目")
