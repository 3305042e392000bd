"""`manage.py handover --of KEY --out DIR`: write the star of a city for a lake, signed and under pseudonyms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from craftpath.delivery.exchange.insight.handing import hand_to_folder
from craftpath.domain.insight.texts import REASONS
from craftpath.kernel.access import system
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused


class Command(BaseCommand):
    """What the page does by a worker; the record of it is the same."""

    help = "Hand the star of a city over: write it into a folder that is not there yet, signed, under pseudonyms."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, where to, for whom and what for."""
        parser.add_argument("--of", required=True, help="key of the city's organisation, as in addresses")
        parser.add_argument("--out", required=True, type=Path, help="a folder that is not there yet")
        parser.add_argument("--receiver", required=True, help="who receives it")
        parser.add_argument("--purpose", required=True, help="what it is for")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 with the reason where it is refused; then there is no folder."""
        now = timezone.now()
        with everywhere("a city hands over what all its organisations have"):
            of = Organisation.objects.filter(key=options["of"]).first()
            if of is None:
                raise CommandError(f"no organisation is called {options['of']} · 没有这个机构")
            told = {"receiver": options["receiver"], "purpose": options["purpose"]}
            try:
                done = hand_to_folder(of, options["out"], **told, by=system(of), at=now)
            except Refused as refused:
                raise CommandError(REASONS[refused.verdict.reason] % dict(refused.verdict.facts)) from refused
            except FileExistsError as fault:
                raise CommandError(
                    f"{options['out']} exists and is not empty · 文件夹已存在且不为空"
                ) from fault
        self.stdout.write(f"{done.files} files · 文件；{done.rows} rows · 行；sha256 {done.digest}")
