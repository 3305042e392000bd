"""What can be wrong with rules or columns before anything is worked out, as codes with facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a stable code, the place such as `rules[2].amount`, and the values that its sentence names."""

    code: str
    place: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Faulty(ValueError):  # noqa: N818  (the name says what the input is)
    """Input that makes no sense, with every fault and not only the first; nothing was worked out."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.code}" for fault in self.faults))


class RunFaulty(Faulty):
    """Rules, pairs or hours of a month's run."""


class SubsidyFaulty(Faulty):
    """A scheme, a plan or a claim."""
