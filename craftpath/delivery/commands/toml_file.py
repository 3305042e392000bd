"""Reading a TOML file for a command: its parts and their lines; what is no TOML is told with its line."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.files import FILES, file_complaint, file_trouble, not_utf8_line
from craftpath.delivery.commands.speech import say
from craftpath.engines.evaluation.lines import line_of, lines_of

POSITION = re.compile(r"\(at line (\d+), column \d+\)")


class Table:
    """The parts of a TOML file by name; a place is written `rule[3].rate`, counted from 0 as in the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text, self.parts = read_toml(path)
        self._lines = lines_of(text)

    def line(self, place: str) -> int:
        """The line of a place, or of the nearest thing around it that is there."""
        return line_of(self._lines, place)


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text and what it holds, numbers as they are written; raises `BadInput`."""
    try:
        with file_trouble(path, "unreadable"):
            text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput([file_complaint(path, not_utf8_line(path), "not_utf8")]) from None
    try:
        return text, tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BadInput([_not_toml(path, text, error)]) from None


def _not_toml(path: Path, text: str, error: Exception) -> Complaint:
    message = str(error) if isinstance(error, ValueError) else type(error).__name__
    position = POSITION.search(message)
    last = text.count("\n") + 1 if "end of document" in message else 1
    line = int(position[1]) if position else last
    return Complaint(str(path), line, "toml", say(FILES, "toml", why=POSITION.sub("", message).strip()))
