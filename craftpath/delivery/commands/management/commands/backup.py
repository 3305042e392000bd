"""`manage.py backup`: the whole site as one file, also while it is running."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from craftpath.delivery.commands.backup.command import back_up, backup_arguments
from craftpath.delivery.commands.backup.sentences import BackupRefused


class Command(BaseCommand):
    """Writes a new file and never over an old one."""

    help = "Back up the whole site into one file, also while it is running."

    def add_arguments(self, parser: CommandParser) -> None:
        """The same as of `craftpath backup`."""
        backup_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say in one sentence what was done, or why not."""
        try:
            self.stdout.write("\n".join(back_up(options)))
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
