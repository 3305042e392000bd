"""What can be wrong with cases, rules and parts before anything is estimated, as codes with facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a stable code, the place such as `results[17]`, and the values that its sentence names."""

    code: str
    place: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class AppraisalFaulty(ValueError):  # noqa: N818  (the name says what the appraisal is)
    """Cases, rules or parts that make no sense, with every fault and not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.code}" for fault in self.faults))
