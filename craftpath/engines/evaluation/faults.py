"""What can be wrong with a scheme, as codes with facts; the doors choose the sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a stable code, the place in the scheme's table, and the values that its sentence names.

    `place` is a path such as `component[0].item[2].weight`, counted from 0, or a bare field (`decimals`).
    """

    code: str
    place: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class SchemeFaulty(ValueError):  # noqa: N818  (the name says what the scheme is)
    """A scheme that cannot be used, with every fault that was found and not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.code}" for fault in self.faults))
