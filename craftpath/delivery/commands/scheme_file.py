"""Reading `scheme.toml`, so that every fault of the scheme names its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.evaluate_sentences import SCHEMES
from craftpath.delivery.commands.files import FILES, file_complaint, file_trouble, not_utf8_line
from craftpath.delivery.commands.speech import say
from craftpath.engines.evaluation import Fault, Scheme, SchemeFaulty, check
from craftpath.engines.evaluation.lines import line_of, lines_of

COLUMNS_OF_RESULTS = ("person", "state", "total", "to_date", "open", "passed", "grade")
POSITION = re.compile(r"\(at line (\d+), column \d+\)")


def read_scheme(path: Path) -> Scheme:
    """The scheme of a file, checked; raises `BadInput` with every fault."""
    try:
        with file_trouble(path, "unreadable"):
            text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput([file_complaint(path, not_utf8_line(path), "not_utf8")]) from None
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BadInput([_not_toml(path, text, error)]) from None
    lines = lines_of(text)
    try:
        scheme = Scheme.from_table(table)
        faults = (*check(scheme), *_reserved(scheme))
    except SchemeFaulty as faulty:
        faults = faulty.faults
    if faults:
        raise BadInput(_complaints(path, lines, faults))
    return scheme


def _reserved(scheme: Scheme) -> Iterable[Fault]:
    for index, component in enumerate(scheme.components):
        if component.key in COLUMNS_OF_RESULTS:
            yield Fault("evaluation.key_reserved", f"component[{index}].key", {"key": component.key})


def _not_toml(path: Path, text: str, error: Exception) -> Complaint:
    message = str(error) if isinstance(error, ValueError) else type(error).__name__
    position = POSITION.search(message)
    last = text.count("\n") + 1 if "end of document" in message else 1
    line = int(position[1]) if position else last
    return Complaint(str(path), line, "toml", say(FILES, "toml", why=POSITION.sub("", message).strip()))


def _complaints(path: Path, lines: dict[str, int], faults: Iterable[Fault]) -> list[Complaint]:
    return sorted(
        (
            Complaint(
                str(path),
                line_of(lines, fault.place),
                fault.place,
                say(SCHEMES, fault.code.removeprefix("evaluation."), **fault.facts),
            )
            for fault in faults
        ),
        key=lambda complaint: complaint.line,
    )
