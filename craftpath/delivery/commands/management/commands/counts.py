"""`manage.py counts`: count anew what desks show of whole organisations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from craftpath.domain.counts.following import begin_anew, look_through
from craftpath.domain.counts.queries import size
from craftpath.kernel.tenancy import everywhere


class Command(BaseCommand):
    """A worker does this once a day by itself. When it is stopped, the next call goes on from there."""

    help = "Count anew what desks show of whole organisations."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--empty` begins with nothing."""
        parser.add_argument("--empty", action="store_true", help="forget all counts first, then count anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count cohort by cohort; the site may be in use meanwhile."""
        with everywhere("what there is is counted for every organisation"):
            begin_anew(empty=options["empty"])
            look_through(timezone.localdate())
            self.stdout.write(f"{size()} counts · 计数")
