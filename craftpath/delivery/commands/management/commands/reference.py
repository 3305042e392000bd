"""`manage.py reference`: write `docs/reference/` from the code; `--check` only says which file is stale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from craftpath.delivery.commands.reference import (
    client,
    commands,
    facts,
    indicators,
    permissions,
    states,
    variables,
)
from craftpath.delivery.exchange.api_schema import openapi

PAGES: dict[str, Callable[[], str]] = {
    "states.md": states.page,
    "permissions.md": permissions.page,
    "settings.md": variables.page,
    "commands.md": commands.page,
    "facts.md": facts.page,
    "indicators.md": indicators.page,
    "openapi.json": openapi,
}
CODE: dict[str, Callable[[], str]] = {"craftpath/client/operations.py": client.page}
"""What is written as code, by its path from the root."""


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
            pages |= {Path(settings.ROOT) / name: page() for name, page in CODE.items()}
        stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        if options["check"]:
            if stale:
                names = ", ".join(path.relative_to(settings.ROOT).as_posix() for path in stale)
                raise CommandError(f"stale: {names}; run: make diagrams")
            return
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path], encoding="utf-8")
            self.stdout.write(path.relative_to(settings.ROOT).as_posix())
