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

COLUMNS_OF_RESULTS = ("person", "state", "total", "to_date", "open", "passed", "grade")
HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\s-]+?)\s*\]\]?\s*(#.*)?$")
ASSIGNMENT = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
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


def line_of(lines: dict[str, int], place: str) -> int:
    """The line of a place, or of the nearest thing around it that the text names."""
    while place and place not in lines:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return lines.get(place, 1)


def lines_of(text: str) -> dict[str, int]:
    """Place -> line, for tables and assignments written one a line; enough to find a fault by."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    for number, line in enumerate(text.split("\n"), start=1):
        header, assignment = HEADER.match(line), ASSIGNMENT.match(line)
        if header:
            prefix = _place(header[2], header[1] == "[[", counts)
            found.setdefault(re.sub(r"\[\d+\]$", "", prefix), number)
            found.setdefault(prefix, number)
        elif assignment:
            found.setdefault(f"{prefix}.{assignment[1]}".lstrip("."), number)
    return found


def _place(name: str, repeated: bool, counts: dict[str, int]) -> str:
    """`component.item` as `component[0].item[2]`, by how many of each have begun so far."""
    path = ""
    parts = [part.strip() for part in name.split(".")]
    for depth, part in enumerate(parts):
        path = f"{path}.{part}".lstrip(".")
        if depth == len(parts) - 1 and repeated:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path
