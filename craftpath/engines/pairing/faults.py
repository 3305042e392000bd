"""What can be wrong with a problem before anything is solved, as codes with facts."""

from __future__ import annotations

from craftpath.values.faults import Faulty


class ProblemFaulty(Faulty):
    """A problem that makes no sense, with every fault and not only the first."""
