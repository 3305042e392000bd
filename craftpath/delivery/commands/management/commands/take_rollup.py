"""`manage.py take_rollup --of KEY FOLDER`: take the figures of a roll-up in, so that the national view shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from craftpath.delivery.exchange.insight.rollups import look
from craftpath.delivery.exchange.insight.texts import FAULTS
from craftpath.domain.insight.actions import take_rollup
from craftpath.domain.insight.texts import REASONS
from craftpath.kernel.access import system
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused

FIGURES, REPORT = "indicators.csv", "report.json"


class Command(BaseCommand):
    """`craftpath rollup` writes such a folder; the page takes the same two files."""

    help = "Take in the figures of a roll-up: indicators.csv, and report.json beside it where there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose view it is, whose lake, and where the files lie."""
        parser.add_argument("folder", type=Path, help="a folder that craftpath rollup wrote")
        parser.add_argument("--of", required=True, help="key of the organisation whose view it is")
        parser.add_argument("--source", required=True, help="whose lake it is, in words")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 with every fault, one a line; then nothing is taken in."""
        now = timezone.now()
        of = Organisation.objects.filter(key=options["of"]).first()
        if of is None:
            raise CommandError(f"no organisation is called {options['of']} · 没有这个机构")
        try:
            content = (options["folder"] / FIGURES).read_bytes()
        except OSError as fault:
            raise CommandError(f"{options['folder'] / FIGURES}: {fault.strerror}") from fault
        report = options["folder"] / REPORT
        found = look(
            content, report.read_bytes() if report.is_file() else None, source=options["source"], at=now
        )
        for one in found.faults:
            text = FAULTS[one.code] % {"given": one.given}
            self.stderr.write(f"{FIGURES}:{one.line}: {one.column or '-'}: {text}")
        if found.said is None:
            raise CommandError(f"{len(found.faults) + found.more} faults · 处错误")
        with everywhere("the national view belongs to whoever takes the roll-up in"):
            try:
                row = take_rollup(of, found.said, by=system(of), at=now)
            except Refused as refused:
                raise CommandError(REASONS[refused.verdict.reason] % dict(refused.verdict.facts)) from refused
        self.stdout.write(f"{row.figures} figures · 项数据")
