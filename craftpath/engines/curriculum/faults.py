"""What can be wrong with a problem before anything is solved, as codes with facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from craftpath.values.faults import Faulty

if TYPE_CHECKING:
    from craftpath.engines.curriculum.types import Blame


class ProblemFaulty(Faulty):
    """A problem that makes no sense, with every fault and not only the first."""


class NothingFits(ValueError):  # noqa: N818  (the name says what the problem is)
    """No choice keeps all wishes; `blame` says which of them quarrel and what would help."""

    def __init__(self, blame: Blame) -> None:
        self.blame = blame
        super().__init__(", ".join(wish.kind for wish in blame.conflict))


class TimeRanOut(RuntimeError):  # noqa: N818  (the same)
    """The effort was spent before any plan was found, nor the proof that there is none."""
