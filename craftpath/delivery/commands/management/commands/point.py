"""`manage.py point join|out|in|meet|anew`: what a laptop at a village point does, without a browser."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.commands.laying import lay_tables
from craftpath.delivery.exchange.bundles import knock
from craftpath.kernel.access import system
from craftpath.kernel.points.incoming import point_of, take_bundle
from craftpath.kernel.points.keeping import join
from craftpath.kernel.points.noticing import renew_site
from craftpath.kernel.points.outgoing import make_bundle
from craftpath.kernel.points.queries import points
from craftpath.kernel.points.tables import Point
from craftpath.kernel.points.texts import REASONS
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused


class Command(BaseCommand):
    """Join a laptop to a point, and carry bundles by hand or over the network."""

    help = "Join a village point, make and take bundles."

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb, its file, and of several points the one that is meant."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        joining = verbs.add_parser(
            "join", help="make this empty site a point's; its words are asked for, or read"
        )
        joining.add_argument("file", type=Path)
        for verb, words in (
            ("out", "make a bundle for the other side"),
            ("in", "take a bundle of the other side"),
        ):
            one = verbs.add_parser(verb, help=words)
            one.add_argument("file", type=Path)
            one.add_argument("--point", default="", help="its id, where this site has several")
        verbs.add_parser("meet", help="exchange with the main site over the network")
        verbs.add_parser(
            "anew", help="take a new name: this site was put back to an older state by other means"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say in one sentence what was done, or why not."""
        try:
            with everywhere("a command of the site's owner exchanges all rows of a point"):
                self.stdout.write(getattr(self, f"_{options['verb']}")(options))
        except Refused as refused:
            sentence = REASONS.get(refused.verdict.reason, refused.verdict.reason)
            raise CommandError(str(sentence) % dict(refused.verdict.facts)) from refused
        except OSError as fault:
            raise CommandError(f"{options.get('file')}: {fault.strerror}") from fault

    def _join(self, options: dict[str, Any]) -> str:
        lay_tables()
        file = options["file"].read_bytes()
        words = getpass(_("Words: ")) if sys.stdin.isatty() else sys.stdin.readline()
        point = join(file, words, at=timezone.now())
        return _("This site serves the point %(name)s now. Take its first bundle in.") % {"name": point.name}

    def _out(self, options: dict[str, Any]) -> str:
        point = self._one(options["point"])
        partial = options["file"].with_name(f".{options['file'].name}.part")
        try:
            with partial.open("wb") as stream:
                made = make_bundle(point, stream, by=system(point.organisation), at=timezone.now())
            partial.replace(options["file"])
        finally:
            partial.unlink(missing_ok=True)
        return _("Bundle %(number)s: %(rows)s rows, %(size)s bytes.") % {
            "number": made.number, "rows": made.rows, "size": made.size,
        }  # fmt: skip

    def _in(self, options: dict[str, Any]) -> str:
        with options["file"].open("rb") as stream:
            point = self._one(options["point"] or point_of(stream))
            taken = take_bundle(point, stream, by=system(point.organisation), at=timezone.now())
        return _("%(rows)s rows, %(new)s of them new; %(clashes)s written on both sides, %(held)s wait.") % {
            "rows": taken.rows, "new": taken.written, "clashes": taken.clashes, "held": taken.held,
        }  # fmt: skip

    def _meet(self, options: dict[str, Any]) -> str:
        point = self._one("")
        taken = knock(point, by=system(point.organisation), at=timezone.now())
        if taken is None:
            point.refresh_from_db()
            raise CommandError(str(REASONS.get(point.failed, point.failed)) % point.failed_facts)
        return _("Exchanged: %(rows)s rows came.") % {"rows": taken.rows}

    def _anew(self, options: dict[str, Any]) -> str:
        renew_site()
        return _(
            "This site has a new name. With the next bundles both sides send each other everything again."
        )

    def _one(self, public_id: str) -> Point:
        open_ones = points().filter(revoked_at__isnull=True)
        found = list(points().filter(public_id=public_id) if public_id else open_ones[:2])
        if len(found) != 1:
            raise CommandError(
                _("Say with --point which point is meant.") if found else str(REASONS["points.unknown"])
            )
        return found[0]
