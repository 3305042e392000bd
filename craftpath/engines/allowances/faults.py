"""What can be wrong with rules or columns before anything is worked out, as codes with facts."""

from __future__ import annotations

from craftpath.values.faults import Faulty


class RunFaulty(Faulty):
    """Rules, pairs or hours of a month's run."""


class SubsidyFaulty(Faulty):
    """A scheme, a plan or a claim."""
