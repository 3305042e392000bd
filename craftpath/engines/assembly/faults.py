"""What can be wrong with a bank or a blueprint before anything is assembled, as codes with facts."""

from __future__ import annotations

from craftpath.values.faults import Faulty


class BlueprintFaulty(Faulty):
    """A bank or a blueprint that makes no sense, with every fault and not only the first."""
