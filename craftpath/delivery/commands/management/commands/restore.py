"""`manage.py restore`: a site made of a backup, for an empty place or instead of what is there."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from craftpath.delivery.commands.backup.command import put_back, restore_arguments
from craftpath.delivery.commands.backup.sentences import BackupRefused


class Command(BaseCommand):
    """Changes nothing until everything is proved."""

    help = "Restore a backup; what is here stays unless told otherwise."
    requires_system_checks = ()  # there may be no table yet

    def add_arguments(self, parser: CommandParser) -> None:
        """The same as of `craftpath restore`."""
        restore_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say in one sentence what was done, or why not."""
        try:
            self.stdout.write("\n".join(put_back(options)))
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
