"""`manage.py digest`: make and mail the digest of a day by hand, where no worker does, or to go on with one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from craftpath.delivery.jobs import digesting
from craftpath.kernel.access import system
from craftpath.kernel.digests import begin_round
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere


class Command(BaseCommand):
    """As often as wanted: whoever has the digest of that day gets no other."""

    help = "Make the daily digest and hand its mails over."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--day` is today if it is left out."""
        parser.add_argument("--day", help="YYYY-MM-DD; today if it is left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """The round of every time zone, to its end."""
        now = timezone.now()
        try:
            day = date.fromisoformat(options["day"]) if options["day"] else timezone.localdate(now)
        except ValueError:
            raise CommandError("A day is written as 2026-09-14.") from None
        with everywhere("a digest is made for everybody"):
            for zone in Organisation.objects.order_by().values_list("time_zone", flat=True).distinct():
                turn, _new = begin_round(zone, day, queue=False, by=system(), at=now)
                try:
                    digesting.go_on(turn, at=now, seconds=float("inf"))
                except digesting.MailServerAway as away:
                    raise CommandError(f"The mail server does not answer: {away}") from away
