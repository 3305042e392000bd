"""What can be wrong with cases, rules and parts before anything is estimated, as codes with facts."""

from __future__ import annotations

from craftpath.values.faults import Faulty


class AppraisalFaulty(Faulty):
    """Cases, rules or parts that make no sense, with every fault and not only the first."""
