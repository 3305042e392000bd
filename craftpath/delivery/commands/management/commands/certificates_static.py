"""`manage.py certificates_static --out DIR`: every public page of certificates as plain files for any web server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from craftpath.delivery.exchange.certified_copy import copy_everything

SHEETS = settings.PACKAGE / "delivery" / "web" / "assets" / "css"


class Command(BaseCommand):
    """Run it every night: what changed is written again, nothing is taken away."""

    help = "Write every public page of certificates as plain files that any web server can serve."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--out` names the folder."""
        parser.add_argument(
            "--out", required=True, type=Path, help="the folder that a web server serves as /"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what changed; the site may be in use meanwhile."""
        done = copy_everything(options["out"], SHEETS, timezone.now())
        self.stdout.write(
            f"{done.certificates} certificates · 证书；"
            f"{done.written} files written · 已写；{done.same} unchanged · 未变"
        )
