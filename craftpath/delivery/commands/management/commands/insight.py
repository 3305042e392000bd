"""`manage.py insight`: bring the cells of figures up to date, make them anew, or compare them with the record."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from craftpath.domain.insight.actions import check, keep_up, rebuild
from craftpath.kernel.tenancy import everywhere

FOREVER = float("inf")
LISTED = 20


class Command(BaseCommand):
    """A worker does the first of the three by itself each minute; the site may be in use meanwhile."""

    help = "Bring the figures of many up to date; --rebuild reads everything anew, --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        """One of the two, or neither."""
        either = parser.add_mutually_exclusive_group()
        either.add_argument("--rebuild", action="store_true", help="read everything anew, then compare")
        either.add_argument("--check", action="store_true", help="compare every cell with the record")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 with the cells that differ."""
        now = timezone.now()
        with everywhere("figures are kept for every organisation"):
            if options["rebuild"]:
                self.stdout.write(f"{rebuild(now)} slices read · 已重新读取")
            elif not options["check"]:
                keep_up(now, seconds=FOREVER)
                return
            wrong = check(now)
        for one in wrong[:LISTED]:
            self.stderr.write(f"{one.table} {one.reader} {one.side} {one.dims}: {one.kept} / {one.found}")
        if wrong:
            raise CommandError(f"{len(wrong)} cells differ from the record · 与记录不一致")
        self.stdout.write("Every cell is what the record says · 全部一致")
