"""What can be run: our `manage.py` commands and the headless ones, with their arguments."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from django.core.management import find_commands, load_command_class
from django.core.management.base import BaseCommand

from craftpath.delivery import commands as package
from craftpath.delivery.commands import headless
from craftpath.delivery.commands.reference import marking

NAME = package.__name__
WHAT = (
    "Everyday work goes through `make` (`make help` lists its targets). These commands lie underneath: the first\n"
    "kind needs the site's settings, the second reads files and writes files and needs neither site nor database."
)


def page() -> str:
    """The page."""
    return marking.page("Commands", WHAT, *_managed(), *_headless())


def _managed() -> Iterator[str]:
    """Commands of the site; what every Django command takes is left out."""
    known = {action.dest for action in BaseCommand().create_parser("manage.py", "any")._actions}
    for name in sorted(find_commands(str(Path(package.__path__[0]) / "management"))):
        parser = load_command_class(NAME, name).create_parser("manage.py", name)
        yield f"## python manage.py {name}"
        yield parser.description or ""
        yield from _arguments(action for action in parser._actions if action.dest not in known)


def _headless() -> Iterator[str]:
    """Subcommands of `craftpath`."""
    parser = argparse.ArgumentParser(prog="craftpath")
    commands = parser.add_subparsers()
    for command in headless.COMMANDS:
        command.add_to(commands)
    for name, subparser in sorted(commands.choices.items()):
        yield f"## craftpath {name}"
        yield subparser.description or ""
        yield from _arguments(action for action in subparser._actions if action.dest != "help")


def _arguments(actions: Iterator[argparse.Action]) -> Iterator[str]:
    rows = [
        [
            marking.code(" ".join((", ".join(action.option_strings), _value(action))).strip()),
            "needed" if action.required else _default(action),
            action.help or "",
        ]
        for action in actions
    ]
    if rows:
        yield marking.table(["argument", "default", "meaning"], rows)


def _value(action: argparse.Action) -> str:
    """What stands for the value; a switch takes none."""
    if action.nargs == 0:
        return ""
    return str(action.metavar or action.dest.upper())


def _default(action: argparse.Action) -> str:
    return "" if action.default in (None, False) else marking.code(str(action.default))
