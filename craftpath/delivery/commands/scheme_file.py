"""Reading `scheme.toml`, so that every fault of the scheme names its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.evaluate_sentences import SCHEMES
from craftpath.delivery.commands.speech import say
from craftpath.delivery.commands.toml_file import read_toml
from craftpath.engines.evaluation import Fault, Scheme, SchemeFaulty, check
from craftpath.engines.evaluation.lines import line_of, lines_of

COLUMNS_OF_RESULTS = ("person", "state", "total", "to_date", "open", "passed", "grade")


def read_scheme(path: Path) -> Scheme:
    """The scheme of a file, checked; raises `BadInput` with every fault."""
    text, table = read_toml(path)
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
