"""Bad input of the headless commands: one line a fault, `file:line: field: reason`, and exit 2."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault; `line` counts from 1, `reason` is a finished sentence in the reader's language."""

    file: str
    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.reason}"


class BadInput(Exception):  # noqa: N818  (it carries complaints, it is not a bug)
    """All complaints about the files of one call."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__(f"{len(self.complaints)} faults")


def shown(value: object) -> str:
    """A value from a file as it can stand in one line of a message: short, visible, in quotes."""
    text = str(value)
    cut = text if len(text) <= 60 else text[:57] + "..."
    return '"' + "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in cut) + '"'
