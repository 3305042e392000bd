"""What is wrong with input before anything is worked out: all of it at once, as codes with places and facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a stable code, the place such as `units[2].hours`, and the values that its sentence names."""

    code: str
    place: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Faulty(ValueError):  # noqa: N818  (the name says what the input is)
    """Input that makes no sense, with every fault and not only the first; nothing was worked out."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.code}" for fault in self.faults))
