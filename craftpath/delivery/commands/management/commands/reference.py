"""`manage.py reference`: write `docs/reference/` from the code; `--check` only says which file is stale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from craftpath.delivery.commands.reference import commands, facts, indicators, permissions, states, variables

PAGES: dict[str, Callable[[], str]] = {
    "states.md": states.page,
    "permissions.md": permissions.page,
    "settings.md": variables.page,
    "commands.md": commands.page,
    "facts.md": facts.page,
    "indicators.md": indicators.page,
}


class Command(BaseCommand):
    """Reads the code only: no database, and the same text for everybody."""

    help = "Write the reference in docs/reference from the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check` writes nothing."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where a page says something else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write every page, or name those that differ."""
        folder = Path(settings.ROOT) / "docs" / "reference"
        with translation.override("en"):
            pages = {folder / name: page() for name, page in PAGES.items()}
        stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        if options["check"]:
            if stale:
                names = ", ".join(f"docs/reference/{path.name}" for path in stale)
                raise CommandError(f"stale: {names}; run: make diagrams")
            return
        for path in stale:
            path.write_text(pages[path], encoding="utf-8")
            self.stdout.write(f"docs/reference/{path.name}")
