"""What can be wrong with a problem before anything is solved, as codes with facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from craftpath.engines.curriculum.types import Blame


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a stable code, the place such as `units[2].hours`, and the values that its sentence names."""

    code: str
    place: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class ProblemFaulty(ValueError):  # noqa: N818  (the name says what the problem is)
    """A problem that makes no sense, with every fault and not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.place}: {fault.code}" for fault in self.faults))


class NothingFits(ValueError):  # noqa: N818  (the same)
    """No choice keeps all wishes; `blame` says which of them quarrel and what would help."""

    def __init__(self, blame: Blame) -> None:
        self.blame = blame
        super().__init__(", ".join(wish.kind for wish in blame.conflict))


class TimeRanOut(RuntimeError):  # noqa: N818  (the same)
    """The effort was spent before any plan was found, nor the proof that there is none."""
