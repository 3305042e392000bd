"""What a file of a framework turned out to hold: its content as far as it could be read, faults and remarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from craftpath.delivery.exchange import limits
from craftpath.domain.standards.content import Content, Fault, Pair

MOST_FAULTS = 200
"""More are counted and not listed: whoever mends the first two hundred uploads again."""


@dataclass(frozen=True, slots=True)
class Loose:
    """An association whose one end is not in the file: a pair if that end is known on this site, else carried along."""

    pair: Pair
    raw: dict[str, Any]


class Unfit(Exception):
    """JSON that cannot be kept: where, what stood there, and why."""

    def __init__(self, place: str, given: str, code: str) -> None:
        super().__init__(code)
        self.place, self.given, self.code = short(place), given, code


@dataclass(slots=True)
class Read:
    """A file once it is read."""

    form: str
    filename: str = ""
    content: Content = field(default_factory=Content)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)

    def fault(self, place: str, given: Any, code: str, /, **facts: Any) -> None:
        """Note something that is refused."""
        self.faults.append(Fault(place, short(given), code, facts))

    def remark(self, place: str, given: Any, code: str, /, **facts: Any) -> None:
        """Note something worth knowing that stops nothing."""
        self.remarks.append(Fault(place, short(given), code, facts))


def short(given: Any) -> str:
    """A value as a fault shows it."""
    text = "" if given is None else str(given)
    return text if len(text) <= 80 else f"{text[:79]}…"


TOO_LARGE = limits.BYTES
