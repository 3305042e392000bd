"""What can have happened to hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class HoursReversed(Fact):
    """Hours were taken back from the ledger; `because` is a reason code."""

    code: ClassVar[str] = "training.hours_reversed"
    source: str
    minutes: int
    because: str
